// Some of what was asked for, by name, as a Result repeats it.

export const picked = <Of extends object, Name extends keyof Of>(of: Of, ...names: readonly Name[]): Pick<Of, Name> =>
  Object.fromEntries(names.map((name) => [name, of[name]])) as Pick<Of, Name>;
