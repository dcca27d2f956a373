/// What every answer says that rests on a machine whose own zones come out otherwise.
enum PredictionDisagreement {
  static let sentence =
    "The kernel made OTHER starts of ZONE_MOVABLE than its own command line gives here: something "
    + "about this machine is not understood, so don't rely on this prediction."
}
