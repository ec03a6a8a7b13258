/** One line per number and period out of one figure per kind: how a spreadsheet wants it (M-23, M-26). */
import type { IDataObject } from 'n8n-workflow';
import type { UsageFigure } from '../../../engine/index';

/** In the order of the figures: the numbers of a period, then their total. */
export function usageByNumber(figures: readonly UsageFigure[]): IDataObject[] {
	const lines = new Map<string, Line>();
	for (const figure of figures) {
		const { period, channelId } = figure;
		const key = `${period} ${channelId ?? ''}`;
		const line = lines.get(key) ?? emptyLine(period, channelId);
		lines.set(key, line);
		add(line, figure);
	}
	return [...lines.values()].map((line) => ({ ...line }));
}

interface Line {
	period: string;
	/** Null = all numbers. */
	channelId: string | null;
	received: number;
	sent: number;
	/** By category of the template. */
	templates: Record<string, number>;
	delivered: number;
	read: number;
	failed: number;
	refused: number;
	charged: number;
	free: number;
	/** Delivered, with a category that has no price: not in the costs. */
	unpriced: number;
	/** By currency. */
	costs: Record<string, number>;
}

function emptyLine(period: string, channelId: string | null): Line {
	const nothing = { received: 0, sent: 0, templates: {}, delivered: 0, read: 0, failed: 0, refused: 0 };
	return { period, channelId, ...nothing, charged: 0, free: 0, unpriced: 0, costs: {} };
}

function add(line: Line, { kind, count, cost, currency }: UsageFigure): void {
	const [group, ...rest] = kind.split(':');
	if (currency !== null && cost !== null) {
		line.costs[currency] = Math.round(((line.costs[currency] ?? 0) + cost) * 1_000_000) / 1_000_000;
	}
	switch (group) {
		case 'received':
		case 'delivered':
		case 'read':
		case 'failed':
		case 'refused':
		case 'free':
		case 'unpriced':
			line[group] += count;
			return;
		case 'cost':
			line.charged += count;
			return;
		case 'sent': {
			if (rest.length === 0) line.sent += count;
			else line.templates[rest.at(-1)!] = count;
		}
	}
}
