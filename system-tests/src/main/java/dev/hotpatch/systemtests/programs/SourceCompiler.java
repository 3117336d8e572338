package dev.hotpatch.systemtests.programs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles in this process and in memory. One file manager serves all calls, so an object is for one thread; closing it ends it. */
final class SourceCompiler implements AutoCloseable {
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null);

    /**
     * Compiles sources, given by file name.
     *
     * @return class files by internal name
     * @throws BadSourceException if they do not compile; with javac's messages
     */
    Map<String, byte[]> compile(Map<String, String> sources, int release) throws BadSourceException {
        List<JavaFileObject> units = new ArrayList<>();
        new TreeMap<>(sources).forEach((name, text) -> units.add(new Source(name, text)));
        // Programs need nothing but the JDK; without this each of their packages is looked for in every jar of this
        // process.
        List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-Xlint:none", "-cp", ""));
        if (release != Runtime.version().feature()) {
            options.addAll(List.of("--release", Integer.toString(release)));
        }
        DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
        Memory memory = new Memory(files);
        if (!compiler.getTask(null, memory, messages, options, null, units).call()) {
            StringBuilder text = new StringBuilder();
            messages.getDiagnostics().forEach(message -> text.append(message).append('\n'));
            throw new BadSourceException(text.toString());
        }
        Map<String, byte[]> classes = new TreeMap<>();
        memory.classes.forEach((name, bytes) -> classes.put(name.replace('.', '/'), bytes.toByteArray()));
        return classes;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** The sources do not compile. */
    static final class BadSourceException extends Exception {
        private static final long serialVersionUID = 1L;

        BadSourceException(String message) {
            super(message);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classes.put(name, bytes);
            return new SimpleJavaFileObject(URI.create("string:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }

        @Override
        public void close() {
            // The shared one stays open for the next compilation.
        }

        @Override
        public void flush() {
            try {
                super.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
