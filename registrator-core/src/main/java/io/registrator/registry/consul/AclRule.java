package io.registrator.registry.consul;

/**
 * A right that a token can have.
 *
 * @param resource {@code service}, {@code agent}, {@code node} or {@code key}
 * @param segment what of the resource: a service's name, a node's name, a key
 * @param access {@code read} or {@code write}
 */
public record AclRule(String resource, String segment, String access) {

    /** The rule to add to the token's policy: for everything of this resource, but for keys only those below this one. */
    public String policy() {
        String prefix = resource.equals("key") ? segment : "";
        return resource + "_prefix \"" + prefix + "\" { policy = \"" + access + "\" }";
    }
}
