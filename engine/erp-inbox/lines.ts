/** What the timeline tells of the traffic with ERPs: only what somebody should look at. Events themselves are told by what they do. */
import { dayTeller } from '../usage/local-day';
import type { ErpSystem } from '../erp/types';
import type { Instant } from '../model';
import type { TimelineLine } from '../timeline/timeline';
import { SYSTEM_NAMES } from './system-names';

const MINUTE_MS = 60_000;
const dayOf = dayTeller('America/Sao_Paulo');

interface Origin {
	source: string;
	system: ErpSystem;
}

/** Told once a minute: a stranger who keeps knocking must not fill the timeline. */
export function refusedLine({ source, system }: Origin, reason: string, at: Instant): TimelineLine & { key: string } {
	return {
		event: 'erpRefused',
		at,
		text: `Aviso de ${SYSTEM_NAMES[system]} recusado: quem enviou não provou ser o ERP. Confira o segredo na credencial ERP Webhook do n8n e no cadastro do webhook no ERP.`,
		data: { source, system, reason },
		key: `erpRefused|${source}|${Math.floor(at / MINUTE_MS)}`,
	};
}

export function unreadableLine(
	{ source, system }: Origin,
	reason: string,
	at: Instant,
): TimelineLine & { key: string } {
	return {
		event: 'erpUnreadable',
		at,
		text: `Um aviso de ${SYSTEM_NAMES[system]} não pôde ser lido e nenhum fluxo rodou por ele. Confira se o sistema escolhido no nó é o que envia para este endereço.`,
		data: { source, system, reason },
		key: `erpUnreadable|${source}|${Math.floor(at / MINUTE_MS)}`,
	};
}

/** Told once a day for each topic. */
export function ignoredLine(
	{ source, system }: Origin,
	topic: string,
	reason: string,
	at: Instant,
): TimelineLine & { key: string } {
	return {
		event: 'erpIgnored',
		at,
		text: `${SYSTEM_NAMES[system]} avisa sobre "${topic}", que não gera mensagem: ${reason}`,
		data: { source, system, topic, reason },
		key: `erpIgnored|${source}|${topic}|${dayOf(at)}`,
	};
}

export function runFailedLine(
	{ source, system }: Origin,
	workflow: { id: string; name: string },
	eventIds: readonly string[],
	at: Instant,
): TimelineLine & { key: string } {
	const count = eventIds.length === 1 ? 'um aviso' : `${eventIds.length} avisos`;
	return {
		event: 'erpRunFailed',
		at,
		text: `O fluxo "${workflow.name}" falhou ao tratar ${count} de ${SYSTEM_NAMES[system]}; não será repetido sozinho. Veja a execução com erro no n8n e, depois de corrigir, use "Retry" nela.`,
		data: { source, system, workflowId: workflow.id, eventIds },
		key: `erpRunFailed|${source}|${eventIds[0]}`,
	};
}
