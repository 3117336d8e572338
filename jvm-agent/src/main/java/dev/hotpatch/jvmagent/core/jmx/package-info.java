/** The hook's MBean; apart, since a Java run-time may lack {@code java.management}, and loaded only when it is shown. */
package dev.hotpatch.jvmagent.core.jmx;
