package dev.hotpatch.registryclient.transport;

import dev.hotpatch.registryclient.RegistryException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/** Where a registry may send us: not to this machine and not to a cloud's metadata service, unless it is there itself. */
public final class AddressRules {
    private static final Set<String> METADATA = Set.of("100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

    private final Resolver resolver;

    public AddressRules(Resolver resolver) {
        this.resolver = resolver;
    }

    /** From host names to addresses. */
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    /**
     * Refuses {@code to}, which an answer of {@code from} named, if it steps down from https to http, carries a user, or lies
     * where only this machine gets to.
     *
     * @param what {@code to} is, for the message
     */
    public void check(URI from, URI to, String what) throws RegistryException {
        Origin source = Origin.of(from);
        Origin target;
        try {
            target = Origin.of(to);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(source + " named a " + what + " that is " + e.getMessage());
        }
        if (source.equals(target)) {
            return;
        }
        if (to.getUserInfo() != null) {
            throw new RegistryException(source + " named a " + what + " with a user name in it; refused");
        }
        if (source.secure() && !target.secure()) {
            throw new RegistryException(source + " named the " + what + " " + target + " without TLS; refused");
        }
        if (guarded(target.host()) && !guarded(source.host())) {
            throw new RegistryException(source + " named the " + what + " " + target
                    + ", which is an address of this machine or of a metadata service; refused");
        }
    }

    private boolean guarded(String host) throws RegistryException {
        try {
            return resolver.resolve(host.startsWith("[") ? host.substring(1, host.length() - 1) : host).stream()
                    .anyMatch(AddressRules::guarded);
        } catch (UnknownHostException e) {
            return false; // It will not be reached either.
        }
    }

    private static boolean guarded(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || METADATA.contains(address.getHostAddress());
    }
}
