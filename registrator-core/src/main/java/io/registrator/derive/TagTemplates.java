package io.registrator.derive;

import com.google.common.collect.ImmutableList;
import io.registrator.derive.template.Template;
import io.registrator.derive.template.TemplateException;
import io.registrator.derive.template.TextFunctions;
import io.registrator.model.ContainerSnapshot;
import io.registrator.model.InspectDocument;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes tags of templates: what a template writes is split at commas. What it cannot do is the service's error. */
final class TagTemplates {
    /** The attribute that holds a container's own. */
    static final String ATTRIBUTE = "tags_template";

    private final WebTexts web;
    private final @Nullable Template forAll;

    /**
     * @param tagsForAll {@code -tags}
     * @throws IllegalArgumentException when that is a template that cannot be read
     */
    TagTemplates(String tagsForAll, WebTexts web) {
        this.web = web;
        this.forAll = Template.hasAction(tagsForAll) ? parse(tagsForAll) : null;
    }

    static Template parse(String tagsForAll) {
        try {
            return Template.parse(tagsForAll, TextFunctions.NAMES);
        } catch (TemplateException bad) {
            throw new IllegalArgumentException(
                    "-tags " + Text.shown(tagsForAll) + " is no template: " + bad.getMessage(), bad);
        }
    }

    /** Those of {@code -tags}, if that is a template. */
    Optional<ImmutableList<String>> forAll(Candidate candidate) {
        return forAll == null ? Optional.empty() : Optional.of(rendered(forAll, "-tags", candidate));
    }

    /** Those of the container's own template. */
    ImmutableList<String> own(Attribute attribute, Candidate candidate) {
        try {
            return rendered(Template.parse(attribute.value(), TextFunctions.NAMES), attribute.key(), candidate);
        } catch (TemplateException bad) {
            return failed(attribute.key(), candidate, bad);
        }
    }

    private ImmutableList<String> rendered(Template template, String key, Candidate candidate) {
        ContainerSnapshot container = candidate.container();
        InspectDocument document = container.document();
        if (document == null) {
            candidate.problems().error(key, key + " cannot be rendered: the engine did not show the whole container");
            return ImmutableList.of();
        }
        try {
            return TagList.split(template.render(
                    TemplateData.of(document.fields()), TextFunctions.all(url -> web.get(container, url))));
        } catch (TemplateException failed) {
            return failed(key, candidate, failed);
        }
    }

    private static ImmutableList<String> failed(String key, Candidate candidate, TemplateException why) {
        candidate.problems().error(key, key + " fails at " + why.getMessage());
        return ImmutableList.of();
    }
}
