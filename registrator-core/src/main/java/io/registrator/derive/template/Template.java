package io.registrator.derive.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template, ready to be rendered as often as wanted, by any number of threads. */
public final class Template {
    private static final int LONGEST = 65_536;

    private final String text;
    private final ImmutableList<Node> body;

    private Template(String text, ImmutableList<Node> body) {
        this.text = text;
        this.body = body;
    }

    /** Whether the text has an action, and is not what it renders to anyway. */
    public static boolean hasAction(String text) {
        return text.contains("{{");
    }

    /**
     * Reads a template of at most 64 Ki characters.
     *
     * @param functions the names of those that there are beside the {@link Builtins}
     * @throws TemplateException when it is none
     */
    public static Template parse(String text, ImmutableSet<String> functions) {
        if (text.length() > LONGEST) {
            throw new TemplateException(text, 0, "a template has at most " + LONGEST + " characters");
        }
        Set<String> builtins = Sets.union(Builtins.ALL.keySet(), Builtins.SHORT_CIRCUITS);
        return new Template(text, Parser.parse(text, Sets.union(builtins, functions)));
    }

    /**
     * The template over {@code data}, which is what the {@link Values} of templates are.
     *
     * @param functions those that it was parsed with
     * @throws TemplateException when it fails, goes on for too long, or writes too much
     */
    public String render(@Nullable Object data, ImmutableMap<String, TemplateFunction> functions) {
        ImmutableMap<String, TemplateFunction> all = ImmutableMap.<String, TemplateFunction>builder()
                .putAll(Builtins.ALL)
                .putAll(functions)
                .buildKeepingLast();
        try {
            return new Evaluator(text, all).run(body, data);
        } catch (StackOverflowError tooDeep) {
            throw new TemplateException(text, 0, "is nested too deep");
        }
    }
}
