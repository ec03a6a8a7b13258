import type { IncomingMessage } from 'node:http';
import type { BusinessNumber } from '../model';
import type { Simulation } from '../simulation';
import type { Problem } from './errors';

/** Who is calling, and may they use this object? Tokens belong to numbers; no other object exists for them. */
export function bearerOf(request: IncomingMessage, url: URL): string | null {
	// The Resumable Upload API spells it "OAuth".
	const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '');
	return header?.[1] ?? url.searchParams.get('access_token');
}

export function checkToken(simulation: Simulation, token: string | null): Problem | null {
	if (token === null) {
		return { code: 190, title: 'An access token is required to request this resource.', details: 'No bearer token.' };
	}
	if (simulation.tokens.expired(token, simulation.clock.now())) {
		const title = 'Error validating access token: Session has expired';
		return { code: 190, subcode: 463, title, details: 'The token has expired or was revoked.' };
	}
	for (const number of simulation.world.numbers.values()) if (number.token === token) return null;
	if (appOfToken(simulation, token)) return null;
	return { code: 190, title: 'Invalid OAuth access token - Cannot parse access token', details: 'Unknown token.' };
}

/** What a missing permission answers (cloud-api.md §7); null when the token has it. */
export function checkScope(simulation: Simulation, token: string | null, scope: string): Problem | null {
	if (token !== null && simulation.tokens.get(token).scopes.includes(scope)) return null;
	const title = 'Application does not have permission for this action';
	return { code: 10, title, details: `The token lacks the permission ${scope}.` };
}

export function numberFor(simulation: Simulation, id: string, token: string | null): BusinessNumber | null {
	const number = simulation.world.numbers.get(id);
	return number && number.token === token ? number : null;
}

export function numbersOfWaba(simulation: Simulation, wabaId: string, token: string | null): BusinessNumber[] {
	return [...simulation.world.numbers.values()].filter((number) => number.wabaId === wabaId && number.token === token);
}

/** The app an app token `id|secret` speaks for, or null. */
export function appOfToken(simulation: Simulation, token: string | null): string | null {
	for (const { appId, appSecret } of simulation.world.numbers.values()) {
		if (token === `${appId}|${appSecret}`) return appId;
	}
	return null;
}

/** The numbers whose app this is. */
export function numbersOfApp(simulation: Simulation, appId: string): BusinessNumber[] {
	return [...simulation.world.numbers.values()].filter((number) => number.appId === appId);
}
