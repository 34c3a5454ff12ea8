package io.registrator.ops.admin;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.HttpServerRequestHandler;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Lets in who may ask, and gives every answer the headers that keep browsers from doing harm with it. */
public final class AdminHandler implements HttpServerRequestHandler {
    private static final ImmutableMap<String, String> HEADERS = ImmutableMap.of(
            "Content-Security-Policy",
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final HostRule hosts;
    private final Routes routes;

    /** @param ownName the name that {@code -admin} was given, for the {@code Host} header */
    public AdminHandler(String ownName, Routes routes) {
        this.hosts = new HostRule(ownName);
        this.routes = routes;
    }

    @Override
    public void handle(ClassicHttpRequest request, ResponseTrigger trigger, HttpContext context)
            throws HttpException, IOException {
        Answer answer = answer(request);
        ClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
        HEADERS.forEach(response::setHeader);
        if (answer.status() == HttpStatus.SC_METHOD_NOT_ALLOWED) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
        }
        response.setEntity(answer.body());
        trigger.submitResponse(response);
    }

    private Answer answer(ClassicHttpRequest request) {
        Header host = request.getFirstHeader(HttpHeaders.HOST);
        if (!hosts.allows(host == null ? null : host.getValue())) {
            return Answer.text(
                    HttpStatus.SC_MISDIRECTED_REQUEST,
                    "This name is not answered: ask by IP address, or give the name to -admin.");
        }
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            return Answer.text(HttpStatus.SC_METHOD_NOT_ALLOWED, "Read-only: GET and HEAD.");
        }
        Header accept = request.getFirstHeader(HttpHeaders.ACCEPT);
        return routes.answer(request.getPath(), accept == null ? "" : accept.getValue());
    }
}
