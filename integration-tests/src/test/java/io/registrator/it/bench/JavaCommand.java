package io.registrator.it.bench;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * How a running Java program was started, so that another can be started just so: same runtime, same flags, same AOT
 * cache.
 *
 * @param java the program
 * @param flags all before the class path
 */
record JavaCommand(String java, List<String> flags, String classPath) {
    /** Of the process that runs the daemon: its launcher hands itself over to Java. */
    static JavaCommand ofDaemon(long pid) throws IOException {
        List<String> words = Splitter.on('\0')
                .omitEmptyStrings()
                .splitToList(Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline")));
        int classPath = words.indexOf("-cp");
        if (classPath < 0) {
            throw new IllegalStateException("no class path in " + words);
        }
        return new JavaCommand(words.getFirst(), words.subList(1, classPath), words.get(classPath + 1));
    }

    /** Another program of this package, behind the same class path, so that the AOT cache stays good. */
    List<String> with(Class<?> main, Path jar, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath + ":" + jar, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A jar with the compiled classes of this package. */
    static Path jar() throws IOException {
        Path folder = Path.of("target", "test-classes");
        Path jar = Files.createTempFile("bench", ".jar").toAbsolutePath();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var classes = Files.list(
                        folder.resolve(JavaCommand.class.getPackageName().replace('.', '/')))) {
            for (Path each :
                    classes.filter(path -> path.toString().endsWith(".class")).toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(each).toString()));
                Files.copy(each, out);
            }
        }
        return jar;
    }
}
