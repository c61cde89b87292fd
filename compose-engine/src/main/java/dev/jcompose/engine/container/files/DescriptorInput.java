package dev.jcompose.engine.container.files;

import dev.jcompose.engine.linux.Kernel;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads an open file; closes it with itself. */
final class DescriptorInput extends InputStream {
  private static final int BLOCK = 128 * 1024;

  private final Kernel kernel;
  private final int descriptor;
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).flip();

  DescriptorInput(Kernel kernel, int descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (!block.hasRemaining()) {
      block.clear();
      int count = kernel.read(descriptor, block);
      block.flip();
      if (count <= 0) {
        return -1;
      }
    }
    int count = Math.min(length, block.remaining());
    block.get(buffer, offset, count);
    return count;
  }

  @Override
  public void close() {
    kernel.close(descriptor);
  }
}
