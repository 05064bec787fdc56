internal import ByteKernels
package import Reports

/// Pictures as files.
package enum PlotFolder {
  /// Writes each plot into a folder, made if need be.
  package static func write(_ plots: [NamedPlot], to folder: String) throws {
    try FileSystem.makeFolder(folder)
    for plot in plots {
      let file = try OutputFile(path: "\(folder)/\(plot.fileName)")
      try file.write(Array(plot.svg.utf8))
      _ = try file.publish()
    }
  }
}
