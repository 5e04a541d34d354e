package io.junction.standalone;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    var version = Junction.class.getPackage().getImplementationVersion();
    return new String[] {"junction " + (version == null ? "dev" : version)};
  }
}
