package dev.hotpatch.testdata.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program that keeps a pod's namespaces open: a static x86-64 Linux executable of 129 bytes that waits for signals for ever. */
final class PauseImage {
    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final long LOAD_ADDRESS = 0x400000;
    /** {@code again: mov eax, 34 (pause); syscall; jmp again}. */
    private static final byte[] CODE = {(byte) 0xb8, 34, 0, 0, 0, 0x0f, 0x05, (byte) 0xeb, (byte) 0xf7};

    private PauseImage() {}

    static FileEntriesLayer layer(Path scratch) throws IOException {
        Path program = Files.write(scratch.resolve("pause"), executable());
        return FileEntriesLayer.builder()
                .setName("pause")
                .addEntry(program, AbsoluteUnixPath.get("/pause"), FilePermissions.fromOctalString("755"))
                .build();
    }

    static byte[] executable() {
        int size = ELF_HEADER + PROGRAM_HEADER + CODE.length;
        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        elf.putShort((short) 2).putShort((short) 62).putInt(1); // an executable, x86-64
        elf.putLong(LOAD_ADDRESS + ELF_HEADER + PROGRAM_HEADER)
                .putLong(ELF_HEADER)
                .putLong(0)
                .putInt(0);
        elf.putShort((short) ELF_HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 1);
        elf.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        elf.putInt(1).putInt(5); // one loaded segment, readable and executable
        elf.putLong(0)
                .putLong(LOAD_ADDRESS)
                .putLong(LOAD_ADDRESS)
                .putLong(size)
                .putLong(size)
                .putLong(0x1000);
        return elf.put(CODE).array();
    }
}
