package import Advice
internal import HostModel
internal import KernelBehavior

/// `zonewise plan` as a table for planners: CSV with sizes in bytes, or Markdown for a page.
package enum PlanTable {
  package static func csv(_ plan: GrowthPlan) -> String {
    var lines = [
      "step,device,total_bytes,zone,memmap_bytes,memmap_paid_by,kernel_bytes,movable_bytes,"
        + "movable_to_kernel_ratio,kernel_headroom_bytes,verdict,reason"
    ]
    for (index, step) in plan.steps.enumerated() {
      let ratio = step.ratio.number.map { "\(($0 * 1e6).rounded() / 1e6)" } ?? ""
      let fields = [
        "\(index + 1)", step.request.text, "\(step.total)", step.zoneName ?? "",
        "\(step.outcome.memmap.bytes)", step.outcome.memmap.payer.rawValue, "\(step.kernel)",
        "\(step.movable)", ratio, "\(step.headroom)", step.verdict.rawValue,
        step.reason(plan.machine),
      ]
      lines.append(fields.map(quoted).joined(separator: ","))
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  package static func markdown(_ plan: GrowthPlan) -> String {
    var lines = [
      "| step | device | total | zone | descriptors | paid by | kernel : movable | ratio | headroom "
        + "| verdict |",
      "|---:|---|---:|---|---:|---|---:|---:|---:|---|",
    ]
    for (index, step) in plan.steps.enumerated() {
      let fields = [
        "\(index + 1)", step.request.text, step.total.text, step.zoneName ?? "offline",
        step.outcome.memmap.bytes.text, step.outcome.memmap.payer.rawValue,
        "\(step.kernel.text) : \(step.movable.text)", "\(step.ratio)", step.headroom.text,
        step.verdict.rawValue,
      ]
      lines.append("| " + fields.joined(separator: " | ") + " |")
    }
    lines += [
      "", "| limit | size |", "|---|---:|",
      "| in one piece, at most | \(plan.physicalLimit?.text ?? "no limit") |",
      "| safe up to | \(plan.maxSafeTotal.text) |",
      "| safe step | \(plan.safeStep?.text ?? "none") |",
    ]
    if let goal = plan.goal {
      let boot = plan.neededBoot?.text ?? "not worked out for a host"
      lines.append("| boot memory for \(goal.text) | \(boot) |")
    }
    lines += ["", "Arguments: `\(plan.arguments.arguments.joined(separator: " "))`"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// RFC 4180, and harmless in a spreadsheet: nothing here begins a formula but the device's name.
  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
