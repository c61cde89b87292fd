package dev.jcompose.engine.launch;

import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.Errno;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays a program out in memory: the table of entries at {@link #TABLE}, behind it strings,
 * structures and the cells results are saved in. The interpreters know the same entry layout.
 */
final class Layout {
  /** Where the table is mapped. */
  static final long TABLE = 0x601000L;

  /** Bytes of one entry. */
  static final int ENTRY_BYTES = 112;

  private final LaunchProgram program;
  private final Architecture architecture;
  private final ByteArrayOutputStream pool = new ByteArrayOutputStream();
  private final Map<String, Long> cells = new LinkedHashMap<>();
  private final Map<String, Long> strings = new HashMap<>();
  private final long poolStart;

  private Layout(LaunchProgram program, Architecture architecture) {
    this.program = program;
    this.architecture = architecture;
    this.poolStart = TABLE + (long) program.entries().size() * ENTRY_BYTES;
  }

  /** The bytes from {@link #TABLE} on. */
  static byte[] of(LaunchProgram program, Architecture architecture) {
    return new Layout(program, architecture).bytes();
  }

  static byte[] littleEndian(long... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      buffer.putLong(value);
    }
    return buffer.array();
  }

  private byte[] bytes() {
    // Structures first: cells inside them must be known before an entry saves into one.
    Map<Argument, Long> addresses = new HashMap<>();
    for (Entry entry : program.entries()) {
      for (Argument argument : entry.arguments()) {
        if (argument instanceof Argument.Block && !addresses.containsKey(argument)) {
          addresses.put(argument, place(argument));
        }
      }
    }
    for (Entry entry : program.entries()) {
      if (entry.save() != null) {
        cells.computeIfAbsent(entry.save(), name -> append(littleEndian(0)));
      }
    }
    ByteBuffer table =
        ByteBuffer.allocate(program.entries().size() * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < program.entries().size(); i++) {
      put(table, i, program.entries().get(i), addresses);
    }
    return ByteBuffer.allocate(table.capacity() + pool.size())
        .put(table.array())
        .put(pool.toByteArray())
        .array();
  }

  private void put(ByteBuffer table, int index, Entry entry, Map<Argument, Long> addresses) {
    long mask = 0;
    long[] values = new long[6];
    for (int a = 0; a < entry.arguments().size(); a++) {
      Argument argument = entry.arguments().get(a);
      if (argument instanceof Argument.Saved) {
        mask |= 1L << a;
      }
      Long known = addresses.get(argument);
      values[a] = known != null ? known : place(argument);
    }
    table
        .putLong(entry.call().number(architecture))
        .putLong(mask)
        .putLong(entry.save() == null ? 0 : cell(entry.save()))
        .putLong(toleratedMask(entry))
        .putLong(entry.least())
        .putLong(distance(index, entry.ifPositive()))
        .putLong(distance(index, entry.ifTolerated()))
        .putLong(entry.reported() ? 1 : 0);
    for (long value : values) {
      table.putLong(value);
    }
  }

  private static long toleratedMask(Entry entry) {
    long mask = 0;
    for (Errno errno : entry.tolerated()) {
      if (errno.number() > 63) {
        throw new IllegalArgumentException(
            errno + " is beyond the 63 errors a mask can tell apart");
      }
      mask |= 1L << errno.number();
    }
    return mask;
  }

  private long distance(int from, @Nullable String label) {
    if (label == null) {
      return 0;
    }
    Integer to = program.labels().get(label);
    if (to == null || to <= from || to >= program.entries().size()) {
      throw new IllegalArgumentException("label " + label + " is not before a later entry");
    }
    return (long) (to - from - 1) * ENTRY_BYTES;
  }

  private long cell(String name) {
    Long address = cells.get(name);
    if (address == null) {
      throw new IllegalArgumentException("nothing is saved as " + name);
    }
    return address;
  }

  /** The value of an argument: itself, or the address of what it stands for. */
  private long place(Argument argument) {
    return switch (argument) {
      case Argument.Literal literal -> literal.value();
      case Argument.Saved saved -> cell(saved.name());
      case Argument.Text text ->
          strings.computeIfAbsent(
              text.value(), value -> append((value + "\0").getBytes(StandardCharsets.UTF_8)));
      case Argument.Texts texts -> {
        List<String> values = texts.values();
        long[] pointers = new long[values.size() + 1];
        for (int i = 0; i < values.size(); i++) {
          pointers[i] = place(new Argument.Text(values.get(i)));
        }
        yield append(littleEndian(pointers));
      }
      case Argument.Block block -> {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Map<String, Integer> inside = new LinkedHashMap<>();
        for (Argument.Part part : block.parts()) {
          switch (part) {
            case Argument.Part.Bytes bytes -> content.writeBytes(bytes.value());
            case Argument.Part.Value value ->
                content.writeBytes(littleEndian(place(value.argument())));
            case Argument.Part.Cell cell -> {
              inside.put(cell.name(), content.size());
              content.writeBytes(littleEndian(0));
            }
            case Argument.Part.Half half -> {
              inside.put(half.name(), content.size());
              content.writeBytes(new byte[Integer.BYTES]);
            }
          }
        }
        long address = append(content.toByteArray());
        inside.forEach((name, offset) -> cells.put(name, address + offset));
        yield address;
      }
    };
  }

  private long append(byte[] content) {
    while (pool.size() % Long.BYTES != 0) {
      pool.write(0);
    }
    long address = poolStart + pool.size();
    pool.writeBytes(content);
    return address;
  }
}
