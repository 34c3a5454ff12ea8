package io.registrator.derive.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code print}, and {@code printf} with {@code %s %d %v %q %t %x %%}, width, precision and the flags {@code - + 0}. */
final class Printf {
    private static final Pattern DIRECTIVE =
            Pattern.compile("%([-+0]*)([0-9]{0,5})(?:\\.([0-9]{1,4}))?(.?)", Pattern.DOTALL);

    private static final ImmutableSet<String> VERBS = ImmutableSet.of("s", "d", "v", "q", "t", "x");

    private Printf() {}

    /** One after the other, with a space between two of which neither is a string. */
    static String print(Arguments arguments) {
        StringBuilder printed = new StringBuilder();
        @Nullable Object before = "";
        for (Object value : arguments.from(0)) {
            printed.append(value instanceof String || before instanceof String ? "" : " ")
                    .append(Values.text(value));
            Limits.check(printed);
            before = value;
        }
        return printed.toString();
    }

    static String format(Arguments arguments) {
        Matcher directive = DIRECTIVE.matcher(arguments.text(0));
        StringBuilder formatted = new StringBuilder();
        int next = 1;
        int from = 0;
        while (directive.find()) {
            formatted.append(arguments.text(0), from, directive.start());
            from = directive.end();
            if (directive.group().equals("%%")) {
                formatted.append('%');
            } else if (next == arguments.size()) {
                throw new FunctionException("there is no value for " + directive.group());
            } else {
                formatted.append(one(directive, arguments.value(next++)));
            }
            Limits.check(formatted);
        }
        if (next < arguments.size()) {
            throw new FunctionException("there are more values than verbs");
        }
        formatted.append(arguments.text(0), from, arguments.text(0).length());
        return formatted.toString();
    }

    /** Java's own formatting does as Go's for what is supported. */
    private static String one(Matcher directive, @Nullable Object value) {
        String verb = directive.group(4);
        String format = "%" + directive.group(1) + directive.group(2);
        try {
            return switch (value) {
                case Long number
                when verb.equals("d") || verb.equals("v") -> String.format(Locale.ROOT, format + "d", number);
                case Long number when verb.equals("x") -> String.format(Locale.ROOT, format + "x", number);
                case null, default -> {
                    String precision = directive.group(3) == null ? "" : "." + directive.group(3);
                    yield String.format(Locale.ROOT, format + precision + "s", shown(verb, value));
                }
            };
        } catch (IllegalFormatException bad) {
            throw new FunctionException(directive.group() + " is not supported");
        }
    }

    private static String shown(String verb, @Nullable Object value) {
        if (verb.equals("v")) {
            return Values.text(value);
        }
        if (!VERBS.contains(verb)) {
            throw new FunctionException("%" + verb + " is not supported");
        }
        return switch (value) {
            case String text when verb.equals("s") -> text;
            case List<?> list when verb.equals("s") -> Values.text(list);
            case String text when verb.equals("q") -> quote(text);
            case String text
            when verb.equals("x") -> BaseEncoding.base16().lowerCase().encode(text.getBytes(UTF_8));
            case Boolean bool when verb.equals("t") -> bool.toString();
            case null, default -> throw new FunctionException("%" + verb + " can't show type " + Values.type(value));
        };
    }

    private static String quote(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\r", "\\r")
                + "\"";
    }
}
