package dev.hotpatch.testdata.cve.programs;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** An HTTP/2 server without TLS that answers each request with {@code hello}, after a moment, as if there were work to do. */
final class Http2Main {
    private Http2Main() {}

    public static void main(String[] args) throws Exception {
        NettyServer.serve(channel -> channel.pipeline()
                .addLast(Http2FrameCodecBuilder.forServer().build())
                .addLast(new Greeter()));
    }

    // An answer to a request that was cancelled cannot be sent, and nobody waits for it.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static final class Greeter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http2HeadersFrame request) {
                context.executor().schedule(() -> greet(context, request.stream()), 20, TimeUnit.MILLISECONDS);
            }
            ReferenceCountUtil.release(message);
        }

        private static void greet(ChannelHandlerContext context, Http2FrameStream stream) {
            byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
            context.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")).stream(stream));
            context.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(hello), true).stream(stream));
        }
    }
}
