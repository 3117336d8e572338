package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A method or constructor. */
final class Method extends Member {
    static final String CONSTRUCTOR = "<init>";

    String result;
    final List<Variable> parameters = new ArrayList<>();
    final List<Statement> body = new ArrayList<>();
    Code returned = Code.of("");
    boolean isAbstract;
    boolean isSynchronized;
    boolean isVarargs;
    /** Whether it makes a {@code Supplier<String>} that is kept over the patch. */
    boolean isMaker;
    /** Changes with the body. */
    String version = "";

    /** For a constructor: the one that it calls first; none for a call of Object's. */
    @Nullable
    Method delegate;

    List<Code> delegateArguments = new ArrayList<>();
    final Map<Field, Code> finals = new IdentityHashMap<>();

    Method(Type owner, String name, Access access, String result) {
        super(owner, name, access);
        this.result = result;
    }

    boolean isConstructor() {
        return name.equals(CONSTRUCTOR);
    }

    boolean delegatesToThis() {
        return delegate != null && delegate.owner == owner;
    }

    String tag() {
        return owner.name + "." + name + version;
    }

    /** How what a maker makes begins to answer. */
    String tagOfMaker() {
        return name + version + "|";
    }

    /** The variables that a statement at this place may use. */
    List<Variable> variablesAt(int place) {
        List<Variable> variables = new ArrayList<>(parameters);
        body.subList(0, place).forEach(statement -> variables.addAll(statement.declares()));
        return variables;
    }
}
