package dev.jcompose.core.desired;

/**
 * A file put into a container before it starts: a config or secret whose content is not a file of
 * the host.
 *
 * @param target absolute path in the container
 * @param content as text
 * @param mode permission bits, 0444 unless said otherwise
 */
public record InjectedFile(String target, String content, int userId, int groupId, int mode) {}
