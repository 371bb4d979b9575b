package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.testing.DuckFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the README is compiled and run as it stands there. */
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theExampleReadsRows() throws Exception {
        String example = example();
        assertThat(example.lines()).hasSizeLessThanOrEqualTo(10);
        byte[] file = Files.readAllBytes(DuckFiles.write(folder.resolve("file.parquet"), "SELECT 7 AS n", ""));
        try (ScriptedServer server = new ScriptedServer()) {
            String table = "{\"protocol\":{\"minReaderVersion\":1}}\n{\"metaData\":{\"id\":\"i\",\"schemaString\":"
                    + "\"{\\\"fields\\\":[{\\\"name\\\":\\\"n\\\",\\\"type\\\":\\\"integer\\\"}]}\"}}\n";
            String line = "{\"file\":{\"url\":\"%s/f\",\"id\":\"f\",\"size\":%d,\"partitionValues\":{}}}\n"
                    .formatted(server.base(), file.length);
            server.then(200, table + line, "Delta-Table-Version", "1").thenFile(file);
            Path profile = Files.writeString(
                    folder.resolve("a.share"),
                    "{\"shareCredentialsVersion\":1,\"endpoint\":\"%s\",\"bearerToken\":\"t\"}"
                            .formatted(server.base()));

            assertThat(run(example, profile.toString(), "s.a.t")).isEqualTo("{n=7}\n");
        }
    }

    private static String example() throws Exception {
        Matcher found = EXAMPLE.matcher(Files.readString(Path.of("../../README.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String run(String source, String... arguments) throws Exception {
        Path file = Files.writeString(folder.resolve("ReadShare.java"), source);
        String classPath = System.getProperty("java.class.path");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath, "-d", folder.toString(), file.toString());
        assertThat(compiled).isZero();

        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            Method main = loader.loadClass("ReadShare").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) arguments);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
