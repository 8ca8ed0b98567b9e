/** What ported scripts ask before they choose a device: there is none but the CPU. PyTorch: torch.cuda.is_available */
export function isAvailable(): boolean {
  return false;
}

/** PyTorch: torch.cuda.device_count */
export function deviceCount(): number {
  return 0;
}
