/** How are amounts told? In cents to reckon with, in reais for other systems. */

export function inReais(cents: number): number;
export function inReais(cents: number | null): number | null;
export function inReais(cents: number | null): number | null {
	return cents === null ? null : cents / 100;
}
