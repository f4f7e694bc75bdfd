import type { Scalar } from '../yaml/field.ts';

const units: Readonly<Record<string, number>> = {
  '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40,
};

/**
 * A quantity as the API reads it: bytes of memory, or CPUs; `512Mi` is 536870912, `250m` is 0.25. Undefined for what it
 * would refuse. Source: kubernetes/apimachinery, pkg/api/resource/quantity.go; peta and exa units are left out.
 */
export function parseQuantity(value: Scalar | undefined): number | undefined {
  if (typeof value === 'number') return value >= 0 ? value : undefined;
  const match = typeof value === 'string' ? /^(\d+\.?\d*|\.\d+)(?:([eE][-+]?\d+)|(m|k|[MGT]|[KMGT]i))?$/.exec(value) : null;
  return match === null ? undefined : Number(`${match[1] ?? ''}${match[2] ?? ''}`) * (units[match[3] ?? ''] ?? 1);
}

/** Bytes as people write memory, rounded up to whole mebibytes: `768Mi`, `2Gi`. */
export function memoryText(bytes: number): string {
  const mebibytes = Math.max(1, Math.ceil(bytes / 2 ** 20));
  return mebibytes % 1024 === 0 ? `${String(mebibytes / 1024)}Gi` : `${String(mebibytes)}Mi`;
}

/** CPUs as people write them, rounded up to thousandths: `250m`, `2`. */
export function cpuText(cpus: number): string {
  const thousandths = Math.max(1, Math.ceil(cpus * 1000 - 1e-9));
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${String(thousandths)}m`;
}
