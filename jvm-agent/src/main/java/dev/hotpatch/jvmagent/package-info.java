/** The two classes of the reload hook that the application's class path gets to see; everything else is loaded apart from it. */
package dev.hotpatch.jvmagent;
