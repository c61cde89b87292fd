package dev.jcompose.engine.registry.call;

/** Asks for nothing, which shows whether a registry is there and takes the login. */
final class Ping implements Call<Boolean> {
  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String target() {
    return "/v2/";
  }

  @Override
  public String subject() {
    return "the registry";
  }

  @Override
  public boolean understands(int status) {
    return status == 200;
  }

  @Override
  public Boolean read(Answer answer) {
    answer.close();
    return true;
  }
}
