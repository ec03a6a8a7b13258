/** Changes the limits of a number and tells what changed, from what to what (C-11, C-12, X-09). */
import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';
import { loadChannelSettings, saveChannelSettings, type ChannelSettings } from './channel-settings';
import { applyLimits, changesBetween, type LimitChange, type Limits } from './limits';

export interface LimitsChanged {
	settings: ChannelSettings;
	changes: LimitChange[];
}

/**
 * @param by who changed it, for the timeline: the workflow
 * @throws ConfigurationError that names the field; nothing is changed then
 */
export function changeLimits(
	store: Store,
	channelId: string,
	given: Partial<Limits>,
	by: { workflowId: string | null },
	now: Instant,
): Promise<LimitsChanged> {
	return store.transaction(async (tx) => {
		const before = (await loadChannelSettings(tx, [channelId])).get(channelId)!;
		const settings = applyLimits(before, given);
		const changes = changesBetween(before, settings);
		if (changes.length === 0) return { settings, changes };
		await saveChannelSettings(tx, channelId, settings, now);
		const text = `Limites do número alterados: ${changes.map(sentence).join('; ')}.`;
		await appendTimeline(tx, store.dialect, [
			{ event: 'limitsChanged', at: now, channelId, text, data: { changes, ...by } },
		]);
		return { settings, changes };
	});
}

const NAMES: Record<keyof Limits, string> = {
	maxStartsPerDay: 'máx. envio por dia',
	maxStartsPerBatch: 'máx. envio por vez',
	minutesBetweenBatches: 'minutos entre as vezes',
	minSecondsBetweenStarts: 'pausa mínima entre envios (s)',
	maxSecondsBetweenStarts: 'pausa máxima entre envios (s)',
	warmUp: 'aquecimento de número novo',
	answerFirst: 'campanhas só para quem já escreveu',
	cooldownHours: 'espera após início sem resposta (h)',
	windowMarginSeconds: 'margem da janela de 24 h (s)',
	brakeMinutes: 'freio por rejeições (min)',
	optOutWords: 'palavras de descadastro',
	timeZone: 'fuso horário',
	currency: 'moeda',
	marketingPrice: 'preço de marketing',
	utilityPrice: 'preço de utilidade',
	authenticationPrice: 'preço de autenticação',
	servicePrice: 'preço de serviço',
	freeServicePerMonth: 'mensagens de serviço grátis por mês',
};

/** In these 0 means that there is none. */
const NO_LIMIT: ReadonlySet<keyof Limits> = new Set(['maxStartsPerDay', 'maxStartsPerBatch']);

function sentence({ field, from, to }: LimitChange): string {
	return `${NAMES[field]}: ${words(field, from)} → ${words(field, to)}`;
}

function words(field: keyof Limits, value: LimitChange['to']): string {
	if (typeof value === 'boolean') return value ? 'ligado' : 'desligado';
	if (value === 0 && NO_LIMIT.has(field)) return 'sem limite';
	return typeof value === 'number' ? String(value).replace('.', ',') : value;
}
