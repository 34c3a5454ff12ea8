package io.registrator.ops.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.registrator.model.Failure;
import io.registrator.model.ServiceId;
import io.registrator.reconcile.Peer;
import io.registrator.reconcile.PeerFault;
import io.registrator.testing.Browser;
import io.registrator.testing.Browser.Visit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page in a real browser. Each test leaves screenshots in {@code target/screenshots}. */
class StatusPageIT {
    private static final double PATIENCE_MILLIS = 20_000;

    private static Browser browser;

    @BeforeAll
    static void openBrowser() {
        browser = new Browser();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void showsEachStateWithoutErrorOrBarrier(ColorScheme scheme) throws Exception {
        try (FedBoard fed = new FedBoard()) {
            fed.ready();
            fed.container(1, "web");
            fed.rejected(2, "shop");
            fed.ignored(3, "worker");
            fed.conflict(4, "vault");
            for (int i = 0; i < 30; i++) {
                fed.board.contested(new ServiceId("node-1:web:80"));
            }
            Visit visit = desktop(fed, scheme);
            Page page = visit.page();

            assertThat(page.locator("#ready")).hasText("✓ Ready");
            assertThat(page.locator("tbody")).hasCount(4);
            assertThat(row(page, "web").locator(".state")).hasText("✓ registered");
            assertThat(row(page, "shop")).containsText("TTL must be > 0");
            assertThat(row(page, "worker")).containsText("not published");
            assertThat(row(page, "worker")).containsText("did you mean SERVICE_NAME?");
            assertThat(row(page, "vault")).containsText("somebody else holds this ID");
            page.getByText("web", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(row(page, "web").locator(".details")).containsText("label SERVICE_NAME");
            visit.screenshot("few-desktop-" + scheme);
            assertThat(visit.violations()).isEmpty();
            assertNothingWrong(visit, fed);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void fitsAPhone(ColorScheme scheme) throws Exception {
        try (FedBoard fed = new FedBoard()) {
            fed.ready();
            fed.container(1, "web");
            fed.rejected(2, "a-container-with-a-name-that-is-much-longer-than-a-phone-is-wide-1");
            fed.ignored(3, "worker");
            Visit visit = browser.visit(fed.url(), 390, 844, scheme);

            assertThat(visit.page().locator("tbody")).hasCount(3);
            visit.screenshot("few-phone-" + scheme);
            assertThat((int) visit.page().evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(390);
            assertThat(visit.violations()).isEmpty();
            assertNothingWrong(visit, fed);
        }
    }

    @Test
    void isFilteredByKeyboardAmongFiveHundredContainers() throws Exception {
        try (FedBoard fed = new FedBoard()) {
            fed.ready();
            for (int i = 0; i < 500; i++) {
                fed.container(i, "web-%03d".formatted(i));
            }
            Visit visit = desktop(fed, ColorScheme.LIGHT);
            Page page = visit.page();
            assertThat(page.locator("tbody")).hasCount(500);
            visit.screenshot("many-desktop");

            page.keyboard().press("/");
            page.keyboard().type("web-42");
            assertThat(page.locator("#shown")).hasText("10 of 500 containers");
            page.keyboard().press("Escape");
            assertThat(page.locator("#shown")).hasText("500 containers");
            page.keyboard().type("web-123");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.locator("[data-group=registered]")).hasAttribute("aria-pressed", "true");
            assertThat(page.locator("tbody:visible")).hasCount(1);
            visit.screenshot("many-filtered");
            assertNothingWrong(visit, fed);

            Visit phone = browser.visit(fed.url(), 390, 844, ColorScheme.DARK);
            assertThat(phone.page().locator("tbody")).hasCount(500);
            phone.screenshot("many-phone");
        }
    }

    @Test
    void followsWhatHappensWithoutReload() throws Exception {
        try (FedBoard fed = new FedBoard()) {
            Visit visit = desktop(fed, ColorScheme.LIGHT);
            Page page = visit.page();
            assertThat(page.locator("#ready")).hasText("✕ Not ready");

            fed.ready();
            assertThat(page.locator("#ready")).hasText("✓ Ready");
            fed.container(2, "second");
            fed.container(1, "first");
            assertThat(page.locator("tbody th button")).hasText(new String[] {"first", "second"});
            assertThat(page.locator("#journal li")).hasCount(4);
            fed.forget(2);
            assertThat(row(page, "second")).containsText("removing");
            fed.board.peerDown(Peer.REGISTRY, new PeerFault.NoAnswer(new Failure.Transient("connection refused")));
            assertThat(page.locator("#registry")).hasText(Pattern.compile("Does not answer"));
            assertThat(page.locator("#notice")).containsText("connection refused");
            visit.screenshot("registry-lost");
            assertThat(visit.violations()).isEmpty();
            assertNothingWrong(visit, fed);
        }
    }

    private static Visit desktop(FedBoard fed, ColorScheme scheme) {
        return browser.visit(fed.url(), 1280, 900, scheme);
    }

    private static Locator row(Page page, String container) {
        return page.locator("tbody")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                "th button",
                                new Page.LocatorOptions().setHasText(Pattern.compile("^" + container + "$")))));
    }

    private static void assertNothingWrong(Visit visit, FedBoard fed) {
        assertThat(visit.errors()).isEmpty();
        assertThat(visit.requests()).isNotEmpty().allMatch(url -> url.startsWith(fed.url()));
    }
}
