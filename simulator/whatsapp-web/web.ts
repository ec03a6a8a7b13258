import type { Simulation } from '../simulation';
import type { Company, LinkedDevice } from './company';
import type { WebFaults } from './faults';
import type { MediaHost } from './media-host';
import type { UnlinkedSocket } from './pairing';
import type { People } from './people';
import type { ServerKeys } from './server-keys';

/** Everything the double of WhatsApp Web is made of; kept in memory only. */
export interface Web {
	simulation: Simulation;
	keys: ServerKeys;
	people: People;
	faults: WebFaults;
	media: MediaHost;
	/** By the phone's digits. */
	companies: Map<string, Company>;
	unlinked: Set<UnlinkedSocket>;
	/** What screens show that a server never hears of: the code's secret by the client's key (base64). */
	screens: Map<string, string>;
	/** Codes a client may show before it gives up with 408. */
	qrRefs: number;
}

/** Seconds on the simulator's clock, as stanzas tell time. */
export function seconds(web: Web, at: number = web.simulation.clock.now()): number {
	return Math.floor(at / 1000);
}

/** No conversations may be started. */
export function isLocked({ faults, simulation }: Web): boolean {
	return (faults.line.lockedUntil ?? 0) > simulation.clock.now();
}

/** Tells open pages that somebody shows a code, was linked, connected or went away. */
export function announceLine(web: Web): void {
	web.simulation.events.emit({ type: 'linked' });
}

export function devicesOf(web: Web): LinkedDevice[] {
	return [...web.companies.values()].flatMap((company) => [...company.devices.values()]);
}
