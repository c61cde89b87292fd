package dev.jcompose.cli.render.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Map<String, Object> FIELDS =
      Map.of(
          "Name",
          "demo-web-1",
          "Ports",
          List.of("80", "443"),
          "Labels",
          Map.of("b", "2", "a", "1"),
          "Count",
          3L,
          "Up",
          true,
          "Empty",
          "",
          "State",
          Json.object("{\"Health\":{\"Status\":\"healthy\"}}"));

  private static String render(String template) throws TemplateException {
    return Template.parse(template).render(FIELDS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "{{.Name}} => demo-web-1",
        "{{ .Name }} is {{.State.Health.Status}} => demo-web-1 is healthy",
        "{{json .Ports}} => [\"80\",\"443\"]",
        "{{.Labels}} => map[a:1 b:2]",
        "{{.Ports}} => [80 443]",
        "{{index .Labels \"b\"}} => 2",
        "{{index .Ports 1}} => 443",
        "{{range .Ports}}<{{.}}>{{end}} => <80><443>",
        "{{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}} => a=1;b=2;",
        "{{range $i, $p := .Ports}}{{$i}}:{{$p}} {{end}} => 0:80 1:443 ",
        "{{if .Empty}}yes{{else}}no{{end}} => no",
        "{{if .Empty}}a{{else if .Up}}b{{else}}c{{end}} => b",
        "{{with .State}}{{.Health.Status}} of {{$.Name}}{{end}} => healthy of demo-web-1",
        "{{$n := .Count}}{{if eq $n 3}}three{{end}} => three",
        "{{upper .Name}} {{title \"web\"}} => DEMO-WEB-1 Web",
        "{{printf \"%-12s|%5.1f|%03x\" .Name 2.25 255}} => demo-web-1  |  2.3| ff",
        "{{len .Ports}} {{lt 1 2}} {{and .Up .Count}} {{not .Up}} => 2 true 3 false",
        "{{truncate .Name 4}}{{/* a remark */}} => demo",
        "a {{- \" b \" -}} c => a b c",
        "{{split .Name \"-\"}} => [demo web 1]",
        "}} alone => }} alone",
        "{{.Name | upper | printf \"[%s]\"}} => [DEMO-WEB-1]",
      })
  void printsWhatGoPrints(String template, String printed) throws TemplateException {
    assertThat(render(template)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{.Nope}}",
        "{{.Name.Deeper}}",
        "{{",
        "{{range .Ports}}",
        "{{end}}",
        "{{nothing .Name}}",
        "{{$x}}",
        "{{.Name",
        "{{\"open}}",
        "{{.Name | }}",
        "{{(.Name}}",
        "{{upper}}",
        "{{index .Ports 9}}",
        "{{printf \"%d\" .Name}}",
        "{{if .Up}}{{else}}{{else}}{{end}}",
      })
  void refusesWhatGoRefuses(String template) {
    assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class);
  }

  @Test
  void asksForALabelByItsName() throws TemplateException {
    Map<String, UnaryOperator<String>> questions = Map.of("Label", name -> "<" + name + ">");
    Map<String, ?> fields = Map.of("Ports", List.of("80"));

    assertThat(
            Template.parse(
                    "{{.Label \"a.b\" | upper}} {{range .Ports}}{{$.Label .}}{{end}}"
                        + "{{if (.Label `x`)}} yes{{end}}")
                .render(fields, questions))
        .isEqualTo("<A.B> <80> yes");
    assertThatThrownBy(
            () -> Template.parse("{{range .Ports}}{{.Label 1}}{{end}}").render(fields, questions))
        .hasMessageContaining(".Label takes no argument");
  }

  @Test
  void namesTheFieldsThereAre() {
    assertThatThrownBy(() -> render("{{.Nmae}}")).hasMessageContaining(".Name");
  }

  @Test
  void nothingButItsOwnExceptionEverComesOut() {
    long seed = 20261124;
    Random random = new Random(seed);
    List<String> words =
        List.of(
            "{{", "}}", ".Name", " ", "range", "if", "end", "else", "|", "(", ")", "\"", "$x", ":=",
            "json", "1", "index", ",", ".", "-", "with", "printf", "`", "/*");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder source = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        source.append(words.get(random.nextInt(words.size())));
      }
      try {
        render(source.toString());
      } catch (TemplateException e) {
        assertThat(e.text()).as("seed %d: %s", seed, source).isNotBlank();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + source, e);
      }
    }
  }
}
