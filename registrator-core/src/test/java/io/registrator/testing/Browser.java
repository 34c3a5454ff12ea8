package io.registrator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.Resources;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Headless Chromium, of {@code REGISTRATOR_TEST_CHROMIUM}. One thread only may use it. */
public final class Browser implements AutoCloseable {
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    /** A page, and what should not happen in it. */
    public record Visit(Page page, List<String> errors, List<String> requests) {

        /** What axe-core objects to, one line a violation. */
        public List<String> violations() throws IOException {
            page.evaluate(Resources.toString(Resources.getResource("axe/axe.min.js"), UTF_8));
            Object found =
                    page.evaluate("() => axe.run({resultTypes: ['violations']}).then(result => result.violations)");
            JsonArray violations = new Gson().toJsonTree(found).getAsJsonArray();
            return violations.asList().stream().map(JsonElement::toString).toList();
        }

        public void screenshot(String name) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target", "screenshots", name + ".png"))
                    .setFullPage(false));
        }
    }

    public Browser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(Path.of(Objects.requireNonNull(
                                System.getenv("REGISTRATOR_TEST_CHROMIUM"), "REGISTRATOR_TEST_CHROMIUM")))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    /** Opens a page in a window of this size. */
    public Visit visit(String url, int width, int height, ColorScheme scheme) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme));
        Page page = context.newPage();
        Visit visit = new Visit(page, new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                visit.errors().add(message.text());
            }
        });
        page.onPageError(visit.errors()::add);
        page.onRequest(request -> visit.requests().add(request.url()));
        page.navigate(url);
        return visit;
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
