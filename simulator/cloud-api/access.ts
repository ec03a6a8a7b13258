import type { IncomingMessage } from 'node:http';
import type { BusinessNumber } from '../model';
import type { Simulation } from '../simulation';
import type { Problem } from './errors';

/** Who is calling, and may they use this object? Tokens belong to numbers; no other object exists for them. */
export function bearerOf(request: IncomingMessage, url: URL): string | null {
	const header = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '');
	return header?.[1] ?? url.searchParams.get('access_token');
}

export function checkToken(simulation: Simulation, token: string | null): Problem | null {
	if (token === null) {
		return { code: 190, title: 'An access token is required to request this resource.', details: 'No bearer token.' };
	}
	for (const number of simulation.world.numbers.values()) if (number.token === token) return null;
	return { code: 190, title: 'Invalid OAuth access token - Cannot parse access token', details: 'Unknown token.' };
}

export function numberFor(simulation: Simulation, id: string, token: string | null): BusinessNumber | null {
	const number = simulation.world.numbers.get(id);
	return number && number.token === token ? number : null;
}

export function numbersOfWaba(simulation: Simulation, wabaId: string, token: string | null): BusinessNumber[] {
	return [...simulation.world.numbers.values()].filter((number) => number.wabaId === wabaId && number.token === token);
}
