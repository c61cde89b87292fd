/** Prints the product of its argument's two numbers, and then multiplies what it reads. */
class Calculator {
  static void main(String[] arguments) {
    String line = arguments[0];
    while (line != null) {
      String[] numbers = line.strip().split(" ");
      System.out.println(Long.parseLong(numbers[0]) * Long.parseLong(numbers[1]));
      line = System.console() == null ? null : System.console().readLine();
    }
  }
}
