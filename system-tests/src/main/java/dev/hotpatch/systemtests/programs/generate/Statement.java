package dev.hotpatch.systemtests.programs.generate;

import java.util.List;

/**
 * A statement of a body.
 *
 * @param code its source, of one or more lines
 * @param declares variables that later statements may use
 */
record Statement(Code code, List<Variable> declares) {
    static Statement of(Code code) {
        return new Statement(code, List.of());
    }
}
