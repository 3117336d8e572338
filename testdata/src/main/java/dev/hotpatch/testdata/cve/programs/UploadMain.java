package dev.hotpatch.testdata.cve.programs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.servlet.MultipartConfigElement;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.MultiPartFormDataCompliance;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;

/** A Jetty server that takes uploads in parts and answers with their number. */
final class UploadMain {
    private UploadMain() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(new Uploads());
        ServerConnector connector = (ServerConnector) server.getConnectors()[0];
        connector
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .setMultiPartFormDataCompliance(MultiPartFormDataCompliance.RFC7578);
        server.start();
        TextServer.ready(connector.getLocalPort());
    }

    private static final class Uploads extends AbstractHandler {
        @Override
        public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            base.setHandled(true);
            request.setAttribute(
                    Request.MULTIPART_CONFIG_ELEMENT, new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
            try {
                response.getWriter().print("parts=" + request.getParts().size());
            } catch (IllegalStateException e) {
                response.setStatus(413);
                response.getWriter().print(e);
            }
        }
    }
}
