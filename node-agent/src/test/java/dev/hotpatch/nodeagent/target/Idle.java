package dev.hotpatch.nodeagent.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A program that says when it runs, answers each line with its greeting, and runs until its input ends. */
public final class Idle {
    private Idle() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("running");
        while (in.readLine() != null) {
            System.out.println(Greeting.text());
        }
    }
}
