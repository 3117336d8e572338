package dev.hotpatch.testdata.cve.programs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An HTTP server that reads the form it is sent, while it comes, and answers with the number of its fields. */
final class FormMain {
    private FormMain() {}

    public static void main(String[] args) throws Exception {
        NettyServer.serve(channel -> channel.pipeline().addLast(new HttpServerCodec(), new FormReader()));
    }

    private static final class FormReader extends SimpleChannelInboundHandler<HttpObject> {
        private @Nullable HttpPostRequestDecoder form;

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpRequest request) {
                form = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), request);
            }
            HttpPostRequestDecoder reading = form;
            if (reading == null || !(part instanceof HttpContent content)) {
                return;
            }
            try {
                reading.offer(content);
                if (part instanceof LastHttpContent) {
                    answer(
                            context,
                            HttpResponseStatus.OK,
                            "fields=" + reading.getBodyHttpDatas().size());
                }
            } catch (RuntimeException e) {
                answer(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, e.toString());
            }
        }

        private void answer(ChannelHandlerContext context, HttpResponseStatus status, String text) {
            HttpPostRequestDecoder read = form;
            form = null;
            if (read != null) {
                read.destroy();
            }
            ByteBuf body = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
            DefaultFullHttpResponse reply = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
            reply.headers().set("content-length", body.readableBytes()).set("connection", "close");
            context.writeAndFlush(reply).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            HttpPostRequestDecoder left = form;
            form = null;
            if (left != null) {
                left.destroy();
            }
        }
    }
}
