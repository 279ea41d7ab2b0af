type Kind = 'linear' | 'exponential' | 'inverse sigmoid';

export function samplingSchedule(kind: Kind, i: number, k: number, c: number, epsilon: number): number {
  switch (kind) {
    case 'linear':
      return Math.max(epsilon, k - c * i);
    case 'exponential':
      return k ** i;
    case 'inverse sigmoid':
      return k / (k + Math.exp(i / k));
  }
}
