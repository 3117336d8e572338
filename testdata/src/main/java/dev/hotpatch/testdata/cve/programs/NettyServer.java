package dev.hotpatch.testdata.cve.programs;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A Netty server on loopback; what it does with a connection is given. */
final class NettyServer {
    private NettyServer() {}

    /** Serves until the process is ended. */
    static void serve(Consumer<Channel> connection) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(new NioEventLoopGroup(2))
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connection.accept(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        TextServer.ready(((InetSocketAddress) server.localAddress()).getPort());
    }
}
