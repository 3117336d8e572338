package dev.hotpatch.systemtests.jvm.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Carries out {@link ClassCommands} until standard input ends. */
public final class ClassesMain {
    private ClassesMain() {}

    public static void main(String[] args) throws IOException {
        ClassCommands commands = new ClassCommands();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String answer;
            try {
                answer = commands.perform(line);
            } catch (IOException | RuntimeException e) {
                answer = "error " + e;
            }
            System.out.println(Answer.PREFIX + answer);
        }
    }
}
