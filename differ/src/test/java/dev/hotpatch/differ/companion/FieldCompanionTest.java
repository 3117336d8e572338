package dev.hotpatch.differ.companion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.companion.FieldCompanion.InitialCall;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FieldCompanionTest {
    private static final String OWNER = Owner.class.getName().replace('.', '/');
    private static final String NAME = OWNER + "$$hp1f";

    /** The class that a field is added to. */
    public static class Owner {
        @Override
        public boolean equals(Object other) {
            return other instanceof Owner;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** Where initial values come from. */
    public static final class Initial {
        private Initial() {}

        public static List<Object> of(Owner owner) {
            return Arrays.asList(owner, new Object());
        }

        public static long number() {
            return 11;
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("Z", false, true),
                Arguments.of("B", (byte) 0, (byte) -3),
                Arguments.of("C", '\0', 'x'),
                Arguments.of("S", (short) 0, (short) -300),
                Arguments.of("I", 0, 70_000),
                Arguments.of("J", 0L, 1L << 40),
                Arguments.of("F", 0f, -0f),
                Arguments.of("D", 0d, -0d),
                Arguments.of("Ljava/util/List;", null, List.of(1)),
                Arguments.of("[J", null, new long[] {1}),
                Arguments.of("[[Ljava/lang/String;", null, new String[][] {{"a"}}));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyTypeStartsAtItsDefaultAndKeepsWhatIsSet(String desc, @Nullable Object initial, Object other)
            throws Throwable {
        for (boolean isVolatile : new boolean[] {false, true}) {
            Field field = new Field(FieldCompanion.generate(NAME, OWNER, "f", desc, isVolatile, null, null));
            Owner owner = new Owner();
            Owner equal = new Owner();
            field.set(equal, initial);
            assertEquals(0, field.nodes() - (desc.equals("F") || desc.equals("D") ? 1 : 0), "a default needs no node");
            assertEquals(initial, field.get(owner));
            field.set(owner, other);
            assertEquals(other, field.get(owner));
            assertEquals(initial, field.get(equal));
            field.set(owner, initial);
            assertEquals(initial, field.get(owner));
            assertEquals(
                    isVolatile,
                    Modifier.isVolatile(field.type.getDeclaredField("value").getModifiers()));
        }
    }

    static Stream<Arguments> constants() {
        return Stream.of(
                Arguments.of("Z", 1, true),
                Arguments.of("B", -1, (byte) -1),
                Arguments.of("C", 65, 'A'),
                Arguments.of("S", 9, (short) 9),
                Arguments.of("I", 9, 9),
                Arguments.of("J", 9L, 9L),
                Arguments.of("F", 1.5f, 1.5f),
                Arguments.of("D", 1.5, 1.5),
                Arguments.of("Ljava/lang/String;", "s", "s"),
                Arguments.of("Ljava/lang/Object;", "s", "s"));
    }

    @ParameterizedTest
    @MethodSource("constants")
    void objectsWithoutValueHaveTheConstant(String desc, Object constant, Object expected) throws Throwable {
        Field field = new Field(FieldCompanion.generate(NAME, OWNER, "f", desc, false, constant, null));
        Owner owner = new Owner();
        assertEquals(expected, field.get(owner));
        assertEquals(0, field.nodes());
        Object none = values().filter(a -> a.get()[0].equals(desc))
                .findFirst()
                .map(a -> a.get()[1])
                .orElse(null);
        field.set(owner, none);
        assertEquals(none, field.get(owner), "the default is a value here");
        field.drop();
        assertEquals(expected, field.get(owner));
    }

    @Test
    void initialCallRunsOnceAnObject() throws Throwable {
        String desc = "Ljava/util/List;";
        InitialCall call = new InitialCall(OWNER.replace("Owner", "Initial"), "of", "(L" + OWNER + ";)" + desc, false);
        Field field = new Field(FieldCompanion.generate(NAME, OWNER, "f", desc, false, null, call));
        Owner owner = new Owner();
        Object first = field.get(owner);
        assertSame(owner, ((List<?>) first).get(0));
        assertSame(first, field.get(owner));
        assertNotSame(first, field.get(new Owner()));
        field.set(owner, null);
        assertNull(field.get(owner), "null is a value here");

        InitialCall number = new InitialCall(call.owner(), "number", "()J", false);
        Field wide = new Field(FieldCompanion.generate(NAME, OWNER, "f", "J", true, null, number));
        assertEquals(11L, wide.get(owner));
        wide.set(owner, 0L);
        assertEquals(0L, wide.get(owner));
    }

    @Test
    void refusesNullAsTheInstructionDoes() throws Throwable {
        Field field = new Field(FieldCompanion.generate(NAME, OWNER, "size", "I", false, null, null));
        String read =
                assertThrows(NullPointerException.class, () -> field.get(null)).getMessage();
        assertEquals("Cannot read field \"size\" of null", read);
        assertThrows(NullPointerException.class, () -> field.set(null, 1));
    }

    @Test
    void refusesAnInitialValueOfAnotherType() {
        assertRefused("I", "text", null);
        assertRefused("I", 1L, null);
        assertRefused("[I", "text", null);
        assertRefused("J", null, new InitialCall("p/A", "m", "()I", false));
        assertRefused("J", 1L, new InitialCall("p/A", "m", "()J", false));
    }

    private static void assertRefused(String desc, @Nullable Object constant, @Nullable InitialCall initial) {
        assertThrows(
                IllegalArgumentException.class,
                () -> FieldCompanion.generate(NAME, OWNER, "f", desc, false, constant, initial));
    }

    @Test
    void contentDependsOnTheArgumentsOnly() {
        assertArrayEquals(
                FieldCompanion.generate(NAME, OWNER, "f", "I", false, 3, null),
                FieldCompanion.generate(NAME, OWNER, "f", "I", false, 3, null));
    }

    @Test
    void knowsTypesWhoseValuesReferToNothing() {
        for (String desc : List.of("I", "[[D", "Ljava/lang/String;", "[Ljava/util/UUID;")) {
            assertTrue(FieldCompanion.neverRefersBack(desc), desc);
        }
        for (String desc : List.of("Ljava/lang/Object;", "Ljava/util/List;", "[Lp/Foo;")) {
            assertFalse(FieldCompanion.neverRefersBack(desc), desc);
        }
    }

    /** A companion, defined in a loader of its own. */
    static final class Field {
        final Class<?> type;
        private final Method get;
        private final Method set;

        Field(byte[] companion) throws ReflectiveOperationException {
            // The owner is seen from another loader here, so only its public members count, as everywhere.
            type = new ClassLoader(FieldCompanionTest.class.getClassLoader()) {
                Class<?> define() {
                    return defineClass(null, companion, 0, companion.length);
                }
            }.define();
            get = Arrays.stream(type.getMethods())
                    .filter(m -> m.getName().equals("get") && Modifier.isStatic(m.getModifiers()))
                    .findFirst()
                    .orElseThrow();
            set = Arrays.stream(type.getMethods())
                    .filter(m -> m.getName().equals("set"))
                    .findFirst()
                    .orElseThrow();
        }

        @Nullable
        Object get(@Nullable Object owner) throws Throwable {
            try {
                return get.invoke(null, owner);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        void set(@Nullable Object owner, @Nullable Object value) throws Throwable {
            try {
                set.invoke(null, owner, value);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        void drop() throws ReflectiveOperationException {
            type.getMethod("hotpatchDrop").invoke(null);
        }

        int nodes() throws ReflectiveOperationException {
            java.lang.reflect.Field counts = type.getDeclaredField("COUNTS");
            counts.setAccessible(true);
            return Arrays.stream((int[][]) counts.get(null)).mapToInt(c -> c[0]).sum();
        }
    }
}
