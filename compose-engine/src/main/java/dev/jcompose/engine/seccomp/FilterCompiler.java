package dev.jcompose.engine.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compiles verdicts to classic BPF. Per architecture, neighbouring numbers with the same answer
 * form a range, and a binary search over the ranges finds the answer in seven or eight comparisons.
 */
final class FilterCompiler {
  private static final int NUMBER_OFFSET = 0;
  private static final int ARCHITECTURE_OFFSET = 4;
  private static final int ARGUMENTS_OFFSET = 16;
  private static final int X32_BIT = 0x40000000;
  private static final int KILL_PROCESS = 0x80000000;

  /** Calls newer than the profile: libraries try them and fall back when they do not exist. */
  private static final int UNKNOWN_CALL = 0x00050000 | 38;

  /**
   * Arguments of which the kernel takes 32 bits only. Comparing all 64 would let a caller hide a
   * value behind the upper half.
   */
  private static final Set<String> WORD_ARGUMENTS = Set.of("socket");

  private final Map<String, Verdict> verdicts;
  private final int otherwise;

  FilterCompiler(Map<String, Verdict> verdicts, int otherwise) {
    this.verdicts = verdicts;
    this.otherwise = otherwise;
  }

  /** A range of numbers, up to the start of the next one, with the code that answers. */
  private record Range(long start, List<Instruction> code) {}

  byte[] compile(List<FilterArchitecture> architectures) {
    List<Instruction> program = new ArrayList<>();
    program.add(Instruction.load(ARCHITECTURE_OFFSET));
    for (FilterArchitecture architecture : architectures) {
      if (architecture == FilterArchitecture.X32) {
        continue;
      }
      List<Range> ranges = new ArrayList<>(ranges(architecture, 0));
      if (architecture == FilterArchitecture.X86_64) {
        if (architectures.contains(FilterArchitecture.X32)) {
          ranges.addAll(ranges(FilterArchitecture.X32, X32_BIT));
        } else {
          ranges.add(new Range(X32_BIT, List.of(Instruction.answer(otherwise))));
        }
      }
      ranges.sort(Comparator.comparingLong(Range::start));
      List<Instruction> search = new ArrayList<>();
      search.add(Instruction.load(NUMBER_OFFSET));
      search.addAll(search(ranges));
      program.add(new Instruction(Instruction.IF_EQUAL, 1, 0, architecture.auditNumber()));
      program.add(new Instruction(Instruction.JUMP, 0, 0, search.size()));
      program.addAll(search);
    }
    program.add(Instruction.answer(KILL_PROCESS));
    return bytes(program);
  }

  private List<Range> ranges(FilterArchitecture architecture, int offset) {
    TreeMap<Integer, String> names = new TreeMap<>();
    architecture.calls().forEach((name, number) -> names.putIfAbsent(number, name));
    List<Range> ranges = new ArrayList<>();
    int next = 0;
    for (Map.Entry<Integer, String> call : names.entrySet()) {
      if (call.getKey() > next) {
        add(ranges, offset + next, List.of(Instruction.answer(otherwise)));
      }
      String name = call.getValue();
      Verdict verdict = verdicts.getOrDefault(name, new Verdict(List.of(), otherwise));
      add(ranges, offset + call.getKey(), code(name, verdict));
      next = call.getKey() + 1;
    }
    add(ranges, offset + next, List.of(Instruction.answer(UNKNOWN_CALL)));
    return ranges;
  }

  private static void add(List<Range> ranges, long start, List<Instruction> code) {
    if (ranges.isEmpty() || !ranges.getLast().code().equals(code)) {
      ranges.add(new Range(start, code));
    }
  }

  private static List<Instruction> search(List<Range> ranges) {
    if (ranges.size() == 1) {
      return ranges.getFirst().code();
    }
    int middle = ranges.size() / 2;
    List<Instruction> below = search(ranges.subList(0, middle));
    List<Instruction> above = search(ranges.subList(middle, ranges.size()));
    int pivot = (int) ranges.get(middle).start();
    List<Instruction> code = new ArrayList<>();
    if (below.size() <= Instruction.REACH) {
      code.add(new Instruction(Instruction.IF_GREATER_OR_EQUAL, below.size(), 0, pivot));
    } else {
      code.add(new Instruction(Instruction.IF_GREATER_OR_EQUAL, 0, 1, pivot));
      code.add(new Instruction(Instruction.JUMP, 0, 0, below.size()));
    }
    code.addAll(below);
    code.addAll(above);
    return code;
  }

  private static List<Instruction> code(String name, Verdict verdict) {
    List<Instruction> code = new ArrayList<>();
    for (Verdict.Rule rule : verdict.rules()) {
      List<List<Instruction>> tests = new ArrayList<>();
      int remaining = 1;
      for (Condition condition : rule.conditions().reversed()) {
        List<Instruction> test = test(condition, WORD_ARGUMENTS.contains(name), remaining);
        remaining += test.size();
        tests.add(test);
      }
      tests.reversed().forEach(code::addAll);
      code.add(Instruction.answer(rule.answer()));
    }
    code.add(Instruction.answer(verdict.otherwise()));
    return code;
  }

  /**
   * Goes on behind itself when the condition holds, and skips {@code rest} more when it does not.
   */
  private static List<Instruction> test(Condition condition, boolean word, int rest) {
    int low = ARGUMENTS_OFFSET + 8 * condition.index();
    int value = (int) condition.value();
    int upper = (int) (condition.value() >>> 32);
    List<Instruction> lower =
        switch (condition.operator()) {
          case EQ -> compare(low, Instruction.IF_EQUAL, value, 0, rest);
          case NE -> compare(low, Instruction.IF_EQUAL, value, rest, 0);
          case LT -> compare(low, Instruction.IF_GREATER_OR_EQUAL, value, rest, 0);
          case LE -> compare(low, Instruction.IF_GREATER, value, rest, 0);
          case GE -> compare(low, Instruction.IF_GREATER_OR_EQUAL, value, 0, rest);
          case GT -> compare(low, Instruction.IF_GREATER, value, 0, rest);
          case MASKED_EQ -> masked(low, value, (int) condition.second(), rest);
        };
    if (word) {
      return lower;
    }
    int high = low + 4;
    int fail = lower.size() + rest;
    int pass = lower.size();
    List<Instruction> test = new ArrayList<>();
    switch (condition.operator()) {
      case EQ -> test.addAll(compare(high, Instruction.IF_EQUAL, upper, 0, fail));
      case NE -> test.addAll(compare(high, Instruction.IF_EQUAL, upper, 0, pass));
      case LT, LE -> {
        test.addAll(compare(high, Instruction.IF_GREATER, upper, fail + 1, 0));
        test.add(new Instruction(Instruction.IF_EQUAL, 0, pass, upper));
      }
      case GT, GE -> {
        test.addAll(compare(high, Instruction.IF_GREATER, upper, pass + 1, 0));
        test.add(new Instruction(Instruction.IF_EQUAL, 0, fail, upper));
      }
      case MASKED_EQ -> test.addAll(masked(high, upper, (int) (condition.second() >>> 32), fail));
    }
    test.addAll(lower);
    return test;
  }

  private static List<Instruction> compare(
      int offset, int jump, int value, int ifTrue, int ifFalse) {
    return List.of(Instruction.load(offset), new Instruction(jump, ifTrue, ifFalse, value));
  }

  private static List<Instruction> masked(int offset, int mask, int value, int fail) {
    return List.of(
        Instruction.load(offset),
        new Instruction(Instruction.AND, 0, 0, mask),
        new Instruction(Instruction.IF_EQUAL, 0, fail, value));
  }

  private static byte[] bytes(List<Instruction> program) {
    ByteBuffer bytes =
        ByteBuffer.allocate(program.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction instruction : program) {
      bytes.putShort((short) instruction.code());
      bytes.put((byte) instruction.ifTrue()).put((byte) instruction.ifFalse());
      bytes.putInt(instruction.value());
    }
    return bytes.array();
  }
}
