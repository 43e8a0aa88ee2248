/** A candidate in the few words that the gate lets through. */
export function sendable(candidate: RTCIceCandidate | null): RTCIceCandidateInit | null {
  if (!candidate?.candidate) return null;
  return { candidate: candidate.candidate, sdpMid: candidate.sdpMid, sdpMLineIndex: candidate.sdpMLineIndex };
}
