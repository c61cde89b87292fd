package dev.jcompose.cli.render.table;

import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.UsageView;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What one container uses, as {@code stats} shows it. */
public record UsageRow(ContainerView container, UsageView usage, boolean truncates) {
  private static final int SHORT_ID = 12;

  String id() {
    String id = container.id();
    return truncates && id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
  }

  String cpu() {
    return percent(usage.cpuPercent());
  }

  String memory() {
    return Bytes.binary(usage.memory()) + " / " + Bytes.binary(usage.memoryLimit());
  }

  String memoryPercent() {
    return percent(usage.memoryPercent());
  }

  String network() {
    return Bytes.of(usage.received()) + " / " + Bytes.of(usage.sent());
  }

  String block() {
    return Bytes.of(usage.read()) + " / " + Bytes.of(usage.written());
  }

  /** All fields, with docker's names. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("BlockIO", block());
    fields.put("CPUPerc", cpu());
    fields.put("Container", id());
    fields.put("ID", id());
    fields.put("MemPerc", memoryPercent());
    fields.put("MemUsage", memory());
    fields.put("Name", container.name());
    fields.put("NetIO", network());
    fields.put("PIDs", Long.toString(usage.processes()));
    return fields;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", share);
  }
}
