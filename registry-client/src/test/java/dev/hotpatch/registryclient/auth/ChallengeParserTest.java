package dev.hotpatch.registryclient.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class ChallengeParserTest {
    @Test
    void readsOneChallenge() {
        assertEquals(
                List.of(new Challenge(
                        "bearer",
                        Map.of("realm", "https://a/t?x=1,2", "service", "a b", "scope", "repository:r:pull,push"))),
                parse("Bearer realm=\"https://a/t?x=1,2\",service=\"a b\" , scope=\"repository:r:pull,push\""));
    }

    @Test
    void readsSeveralInAnyOrderFromOneHeaderOrMany() {
        List<Challenge> expected = List.of(
                new Challenge("basic", Map.of("realm", "x", "charset", "UTF-8")),
                new Challenge("negotiate", Map.of()),
                new Challenge("bearer", Map.of("realm", "https://a/t")));
        assertEquals(expected, parse("Basic realm=x, charset=\"UTF-8\", Negotiate, BEARER Realm = \"https://a/t\""));
        assertEquals(expected, parse("basic realm=x,charset=UTF-8", " , Negotiate", ",bearer realm=\"https://a/t\","));
    }

    @Test
    void understandsQuotedPairsAndEmptyElements() {
        assertEquals(
                List.of(new Challenge("bearer", Map.of("realm", "a\"b\\c", "x", ""))),
                parse("Bearer ,realm=\"a\\\"b\\\\c\",,x=\"\","));
    }

    @Test
    void countsTheFirstParameterOfEachName() {
        assertEquals(List.of(new Challenge("bearer", Map.of("realm", "1"))), parse("Bearer realm=1, REALM=2"));
    }

    @Test
    void stopsAtWhatIsUnreadableAndKeepsWhatCameBefore() {
        assertEquals(
                List.of(new Challenge("basic", Map.of("realm", "x"))), parse("Basic realm=x, ;;;, Bearer realm=y"));
        assertEquals(List.of(new Challenge("bearer", Map.of())), parse("Bearer realm=\"open"));
        assertEquals(List.of(), parse("", " , ,", "\u0000"));
        assertEquals(List.of(), parse("Basic realm=" + "x".repeat(9000)));
    }

    @Test
    void endsOnAnyText() {
        Random random = new Random(11);
        String signs = "Bearer Basic realm=\"\\, ,;scope\t=:/\u0000\u00ff";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            List<Challenge> challenges = parse(text.toString());
            assertTrue(challenges.size() <= 16, text.toString());
        }
    }

    private static List<Challenge> parse(String... headers) {
        return ChallengeParser.parse(List.of(headers));
    }
}
