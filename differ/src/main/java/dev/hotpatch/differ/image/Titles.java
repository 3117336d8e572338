package dev.hotpatch.differ.image;

/** Names without hosts and folders, which a published patch need not tell. */
final class Titles {
    private Titles() {}

    static String ofImage(String name) {
        for (String prefix : Images.PREFIXES) {
            if (name.startsWith(prefix)) {
                return name.substring(Math.max(prefix.length(), name.lastIndexOf('/') + 1));
            }
        }
        int slash = name.indexOf('/');
        String first = name.substring(0, Math.max(0, slash));
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host ? name.substring(slash + 1) : name;
    }
}
