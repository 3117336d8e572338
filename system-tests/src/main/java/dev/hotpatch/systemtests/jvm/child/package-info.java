/** What runs inside the children, in whatever release of Java: Java 8 bytecode, and nothing but the JDK. */
package dev.hotpatch.systemtests.jvm.child;
