/** Keeps the frame standing when a page breaks, and says so in a sentence with the request's number. */
import { Component, type ErrorInfo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { sentenceOf } from "../words/errors";
import { Button } from "../ui/Button";
import { ErrorPage } from "../ui/ErrorPage";

interface Props {
  /** Another place is another try. */
  place: string;
  children: ReactNode;
}

interface State {
  error: unknown;
  place: string;
}

class Catcher extends Component<Props, State> {
  override state: State = { error: null, place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ place }: Props, state: State): Partial<State> | null {
    return place === state.place ? null : { place, error: null };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    reportError(error instanceof Error ? error : new Error(info.componentStack ?? ""));
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Broken error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <ErrorPage title={t("broken.title")} text={sentenceOf(error)} error={error}>
      <Button look="primary" onClick={onRetry}>
        {t("retry")}
      </Button>
      <Button onClick={() => location.reload()}>{t("broken.reload")}</Button>
    </ErrorPage>
  );
}

export function Boundary({ children }: { children: ReactNode }) {
  const [place] = useLocation();
  return <Catcher place={place}>{children}</Catcher>;
}
