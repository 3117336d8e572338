package dev.hotpatch.registryclient.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Who may vouch for a registry: the system's certificate authorities and those of a file. */
public final class Trust {
    private final X509TrustManager manager;
    private final SSLSocketFactory factory;

    private Trust(X509TrustManager manager) throws GeneralSecurityException {
        this.manager = manager;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {manager}, null);
        this.factory = context.getSocketFactory();
    }

    /**
     * The system's authorities and those of {@code pem}, a file with one certificate or more.
     *
     * @throws IOException if the file cannot be read or holds none
     */
    public static Trust systemAnd(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> extra =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (extra.isEmpty()) {
                throw new IOException("no certificate in " + pem);
            }
            List<Certificate> all = new ArrayList<>(extra);
            all.addAll(List.of(manager(null).getAcceptedIssuers()));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : all) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            return new Trust(manager(store));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the certificates of " + pem + ": " + e.getMessage(), e);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this Java has no X.509 trust manager");
    }

    X509TrustManager manager() {
        return manager;
    }

    SSLSocketFactory factory() {
        return factory;
    }
}
