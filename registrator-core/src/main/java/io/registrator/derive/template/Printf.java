package io.registrator.derive.template;

import com.google.common.collect.Iterables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code fmt}: what {@code print}, {@code println} and {@code printf} make of values.
 *
 * @see <a href="https://pkg.go.dev/fmt">fmt</a>
 */
final class Printf {
    private final String format;
    private final List<@Nullable Object> arguments;
    private final StringBuilder output = new StringBuilder();
    private int at;
    private int next;
    private boolean reordered;

    private Printf(String format, List<@Nullable Object> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /** {@code %v} of the value. */
    static String text(@Nullable Object value) {
        return new Directive().format('v', value);
    }

    /** One after the other, with a space between two of which neither is a string. */
    static String print(List<@Nullable Object> values) {
        StringBuilder printed = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0 && !(values.get(i) instanceof String) && !(values.get(i - 1) instanceof String)) {
                printed.append(' ');
            }
            printed.append(text(values.get(i)));
            Limits.check(printed);
        }
        return printed.toString();
    }

    static String println(List<@Nullable Object> values) {
        return Limits.join(Iterables.transform(values, Printf::text), " ") + "\n";
    }

    static String format(String format, List<@Nullable Object> arguments) {
        return new Printf(format, arguments).run();
    }

    private String run() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                output.append(format, at, format.length());
                break;
            }
            output.append(format, at, percent);
            at = percent + 1;
            directive();
            Limits.check(output);
        }
        if (!reordered && next < arguments.size()) {
            extra();
        }
        return output.toString();
    }

    private void directive() {
        Directive directive = new Directive();
        while (at < format.length() && directive.flag(format.charAt(at))) {
            at++;
        }
        index();
        directive.width(size(directive));
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            index();
            directive.precision(Math.max(0, size(directive)));
        }
        index();
        if (at >= format.length()) {
            output.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            output.append('%');
        } else if (next < 0 || next >= arguments.size()) {
            output.append("%!").appendCodePoint(verb).append(next < 0 ? "(BADINDEX)" : "(MISSING)");
            next = Math.max(next, 0);
        } else {
            output.append(directive.format(verb, arguments.get(next++)));
        }
    }

    /** A number, or {@code *} for an argument; -1 for none. */
    private int size(Directive directive) {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            return sizeFromArgument(directive);
        }
        int number = number();
        return number > Limits.MOST_OUTPUT ? bad("%!(BADWIDTH)") : number;
    }

    private int sizeFromArgument(Directive directive) {
        Object value = next >= 0 && next < arguments.size() ? arguments.get(next++) : null;
        if (!(value instanceof Long number) || Math.abs(number) > Limits.MOST_OUTPUT) {
            return bad("%!(BADWIDTH)");
        }
        if (number < 0) {
            var unused = directive.flag('-');
        }
        return (int) Math.abs(number);
    }

    private int bad(String complaint) {
        output.append(complaint);
        return -1;
    }

    private int number() {
        int start = at;
        int number = 0;
        while (at < format.length() && Character.digit(format.charAt(at), 10) >= 0) {
            number = Math.min(number * 10 + Character.digit(format.charAt(at), 10), 10 * Limits.MOST_OUTPUT);
            at++;
        }
        return at == start ? -1 : number;
    }

    /** {@code [2]}: the argument that comes next. */
    private void index() {
        if (at >= format.length() || format.charAt(at) != '[') {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', at);
        at++;
        int number = number();
        boolean isGood = close > 0 && at == close && number >= 1 && number <= arguments.size();
        at = close < 0 ? format.length() : close + 1;
        next = isGood ? number - 1 : -1;
    }

    private void extra() {
        output.append("%!(EXTRA ");
        for (int i = next; i < arguments.size(); i++) {
            Object value = arguments.get(i);
            output.append(i == next ? "" : ", ")
                    .append(value == null ? "<nil>" : Directive.typeOf(value) + "=" + text(value));
            Limits.check(output);
        }
        output.append(')');
    }
}
