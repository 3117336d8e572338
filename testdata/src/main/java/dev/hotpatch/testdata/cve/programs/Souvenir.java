package dev.hotpatch.testdata.cve.programs;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;

/** Stands for the class whose deserialisation does harm: it only says that it came to life, and in which process. */
public final class Souvenir implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private final String token;

    /** @param token what is said when an object comes to life from a stream */
    public Souvenir(String token) {
        this.token = token;
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        System.out.println(
                "CREATED " + token + " in process " + ProcessHandle.current().pid());
    }
}
