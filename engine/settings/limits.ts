/**
 * What does a supervisor's change do to the limits of a number? Pure: flat fields in, as the form of Set Limits has them,
 * the settings in force and a list of what changed out. What is not named stays.
 */
import { IANAZone } from 'luxon';
import { ConfigurationError } from '../errors';
import type { ChannelSettings } from './channel-settings';

/** As the form has them; 0 in a cap means "no limit of our own". */
export interface Limits {
	/** C-11, "Máx. Envio por Dia". */
	maxStartsPerDay: number;
	/** C-12, "Máx. Envio entrada agente". */
	maxStartsPerBatch: number;
	minutesBetweenBatches: number;
	minSecondsBetweenStarts: number;
	maxSecondsBetweenStarts: number;
	warmUp: boolean;
	answerFirst: boolean;
	cooldownHours: number;
	windowMarginSeconds: number;
	brakeMinutes: number;
	optOutWords: boolean;
	timeZone: string;
	currency: string;
	marketingPrice: number;
	utilityPrice: number;
	authenticationPrice: number;
	servicePrice: number;
	freeServicePerMonth: number;
}

export interface LimitChange {
	field: keyof Limits;
	from: Limits[keyof Limits];
	to: Limits[keyof Limits];
}

const USUAL_MINUTES = 10;

/** @throws ConfigurationError that names the field */
export function applyLimits(known: ChannelSettings, given: Partial<Limits>): ChannelSettings {
	checkEach(given);
	const next = { ...limitsOf(known), ...given };
	if (next.maxStartsPerBatch === 0 && given.minutesBetweenBatches) {
		refuse('minutesBetweenBatches', 'needs "Max Starts Per Batch" too', 'Say how many may start each time.');
	}
	// One end alone moves the other along, so that the pause stays a range.
	if (given.maxSecondsBetweenStarts === undefined) {
		next.maxSecondsBetweenStarts = Math.max(next.maxSecondsBetweenStarts, next.minSecondsBetweenStarts);
	} else if (given.minSecondsBetweenStarts === undefined) {
		next.minSecondsBetweenStarts = Math.min(next.maxSecondsBetweenStarts, next.minSecondsBetweenStarts);
	}
	if (next.maxSecondsBetweenStarts < next.minSecondsBetweenStarts) {
		refuse('maxSecondsBetweenStarts', 'is less than "Min Seconds Between Starts"', 'Make it the larger of the two.');
	}
	const { maxStartsPerDay: day, maxStartsPerBatch: size, minSecondsBetweenStarts: minSeconds } = next;
	const maxSeconds = next.maxSecondsBetweenStarts;
	return {
		zone: next.timeZone,
		windowMarginSeconds: next.windowMarginSeconds,
		dailyStarts: day === 0 ? null : day,
		startBatch: size === 0 ? null : { size, everyMinutes: next.minutesBetweenBatches || USUAL_MINUTES },
		startGap: maxSeconds === 0 ? null : { minSeconds, maxSeconds },
		warmUp: next.warmUp,
		answerFirst: next.answerFirst,
		cooldownHours: next.cooldownHours,
		brakeMinutes: next.brakeMinutes,
		optOutWords: next.optOutWords,
		prices: {
			currency: next.currency,
			marketing: next.marketingPrice,
			utility: next.utilityPrice,
			authentication: next.authenticationPrice,
			service: next.servicePrice,
			freeServicePerMonth: next.freeServicePerMonth,
		},
	};
}

/** The settings as the form has them. */
export function limitsOf(settings: ChannelSettings): Limits {
	const { dailyStarts, startBatch, startGap, prices } = settings;
	return {
		maxStartsPerDay: dailyStarts ?? 0,
		maxStartsPerBatch: startBatch?.size ?? 0,
		minutesBetweenBatches: startBatch?.everyMinutes ?? 0,
		minSecondsBetweenStarts: startGap?.minSeconds ?? 0,
		maxSecondsBetweenStarts: startGap?.maxSeconds ?? 0,
		warmUp: settings.warmUp,
		answerFirst: settings.answerFirst,
		cooldownHours: settings.cooldownHours,
		windowMarginSeconds: settings.windowMarginSeconds,
		brakeMinutes: settings.brakeMinutes,
		optOutWords: settings.optOutWords,
		timeZone: settings.zone,
		currency: prices.currency,
		marketingPrice: prices.marketing,
		utilityPrice: prices.utility,
		authenticationPrice: prices.authentication,
		servicePrice: prices.service,
		freeServicePerMonth: prices.freeServicePerMonth,
	};
}

export function changesBetween(before: ChannelSettings, after: ChannelSettings): LimitChange[] {
	const [from, to] = [limitsOf(before), limitsOf(after)];
	return (Object.keys(from) as Array<keyof Limits>)
		.filter((field) => from[field] !== to[field])
		.map((field) => ({ field, from: from[field], to: to[field] }));
}

const WHOLE: ReadonlySet<string> = new Set(['maxStartsPerDay', 'maxStartsPerBatch', 'freeServicePerMonth']);
const LONGEST_MARGIN = 3600;

function checkEach(given: Partial<Limits>): void {
	for (const [name, value] of Object.entries(given)) {
		const field = name as keyof Limits;
		if (typeof value !== 'number') continue;
		const whole = WHOLE.has(field);
		if (!Number.isFinite(value) || value < 0 || (whole && !Number.isInteger(value))) {
			refuse(
				field,
				`must be ${whole ? 'a whole number' : 'a number'} of 0 or more, but it is ${value}`,
				'Enter digits.',
			);
		}
	}
	if ((given.windowMarginSeconds ?? 0) > LONGEST_MARGIN) {
		refuse('windowMarginSeconds', 'must be at most 3600', 'An hour is already very careful; 60 is usual.');
	}
	const minutes = given.minutesBetweenBatches;
	if (minutes !== undefined && minutes > 0 && minutes < 1) {
		refuse('minutesBetweenBatches', 'must be at least 1', 'Enter whole minutes, such as 10.');
	}
	if (given.currency !== undefined && !/^[A-Z]{3}$/.test(given.currency)) {
		refuse('currency', `must be three capital letters, but it is "${given.currency}"`, 'Write it as in BRL or USD.');
	}
	if (given.timeZone !== undefined && !IANAZone.isValidZone(given.timeZone)) {
		refuse('timeZone', `is "${given.timeZone}", which is not a time zone`, 'Write it as in America/Sao_Paulo.');
	}
}

function refuse(field: keyof Limits, what: string, hint: string): never {
	const label = field.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (first) => first.toUpperCase());
	throw new ConfigurationError(`"${label}" ${what}.`, hint, field);
}
