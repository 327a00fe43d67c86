// Written by `make docs` from the schema and api/explorer/documents: change those.

export interface Documents {
  "explorer/acknowledge": {
    variables: { alerts: string[] };
    data: {
      acknowledge: {
        ids: string[];
      };
    };
  };
  "explorer/alerts": {
    variables: Record<string, never>;
    data: {
      alerts: {
        more: boolean;
        alerts: {
          id: string;
          at: string;
          sentence: string;
          watch: {
            id: string;
            name: string;
          };
          subjects: {
            id: string;
            kind: Kind;
            label: string;
          }[];
        }[];
      };
    };
  };
  "explorer/associates": {
    variables: { id: string; after?: string | null };
    data: {
      subjectProfile: {
        associates: {
          edges: {
            node: {
              score: number;
              sharedEvents: number;
              lastSeen: string | null;
              entity: {
                id: string;
                kind: Kind;
                label: string;
              };
              because: {
                type: LinkType;
                role: string | null;
                status: string | null;
                validFrom: string | null;
                validPrecision: Precision | null;
                from: {
                  id: string;
                  kind: Kind;
                  label: string;
                };
                to: {
                  id: string;
                  kind: Kind;
                  label: string;
                };
                source: {
                  name: string;
                };
                grade: {
                  label: string;
                } | null;
              }[];
            };
          }[];
          pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
          };
          totalCount: number;
          totalCountCapped: boolean;
        };
      } | null;
    };
  };
  "explorer/brief": {
    variables: { ids: string[]; types?: LinkType[] | null; until?: string | null; minGrade?: GradeInput | null };
    data: {
      brief: {
        marking: string | null;
        madeAt: string;
        madeBy: string;
        purpose: string | null;
        reference: string | null;
        nodes: {
          id: string;
          kind: Kind;
          label: string;
          markings: string[];
        }[];
        links: {
          id: string;
          type: LinkType;
          role: string | null;
          marking: string;
          validFrom: string | null;
          validTo: string | null;
          validPrecision: Precision | null;
          from: {
            id: string;
          };
          to: {
            id: string;
          };
          source: {
            name: string;
          };
          grade: {
            label: string;
          } | null;
          records: {
            key: string;
          }[];
        }[];
        truncated: {
          reason: string;
          suppressed: number;
        } | null;
      };
    };
  };
  "explorer/communities": {
    variables: { scope: NetworkScope };
    data: {
      communities: {
        id: string;
        size: number;
        density: number;
        members: {
          entity: {
            id: string;
            label: string;
          };
        }[];
      }[];
    };
  };
  "explorer/connect": {
    variables: { ids: string[]; maxHops?: number | null };
    data: {
      connect: {
        nodes: {
          id: string;
          kind: Kind;
          label: string;
          markings: string[];
          degree: number;
          occurredFrom?: string | null;
        }[];
        links: {
          id: string;
          type: LinkType;
          role: string | null;
          validFrom: string | null;
          validTo: string | null;
          validPrecision: Precision | null;
          from: {
            id: string;
          };
          to: {
            id: string;
          };
          source: {
            name: string;
          };
          grade: {
            source: number;
            intelligence: string;
            handling: string;
            label: string;
          } | null;
        }[];
        truncated: {
          reason: string;
          suppressed: number;
        } | null;
      };
    };
  };
  "explorer/decide": {
    variables: { a: string; b: string; verdict: Verdict; reason: string; token?: string | null };
    data: {
      decide: {
        decision: {
          id: string;
          marking: string;
          a: {
            id: string;
          };
          b: {
            id: string;
          };
        };
        entities: {
          id: string;
          kind: Kind;
          label: string;
        }[];
      };
    };
  };
  "explorer/delete-workspace": {
    variables: { id: string };
    data: {
      deleteWorkspace: {
        id: string;
        name: string;
      };
    };
  };
  "explorer/event": {
    variables: { id: string; windowDays?: number | null; radiusMetres?: number | null };
    data: {
      eventContext: {
        event: {
          id: string;
          kind: Kind;
          label: string;
          markings: string[];
          golden: {
            property: string;
            value: string;
            rule: string;
            record: {
              source: {
                name: string;
              };
            };
          }[];
          occurredFrom?: string | null;
          occurredTo?: string | null;
          occurredPrecision?: Precision | null;
          reportedAt?: string | null;
          outcome?: string | null;
          status?: string | null;
          summary?: string | null;
          reference?: string | null;
          location?: {
            latitude: number;
            longitude: number;
          } | null;
          links: {
            edges: {
              node: {
                id: string;
                type: LinkType;
                role: string | null;
                from: {
                  id: string;
                  kind: Kind;
                  label: string;
                };
                to: {
                  id: string;
                  kind: Kind;
                  label: string;
                };
                source: {
                  name: string;
                };
                grade: {
                  label: string;
                } | null;
              };
            }[];
            pageInfo: {
              hasNextPage: boolean;
            };
          };
        };
        activities: {
          score: number;
          entity: {
            id: string;
            kind: Kind;
            label: string;
            occurredFrom?: string | null;
            occurredPrecision?: Precision | null;
            summary?: string | null;
            location?: {
              latitude: number;
              longitude: number;
            } | null;
          };
          reasons: {
            name: string;
            value: number;
            weight: number;
            sentence: string;
          }[];
          path: {
            length: number;
            nodes: {
              id: string;
              kind: Kind;
              label: string;
            }[];
          } | null;
        }[];
        truncated: {
          reason: string;
          suppressed: number;
        } | null;
      };
    };
  };
  "explorer/events": {
    variables: { id: string; after?: string | null };
    data: {
      subjectProfile: {
        events: {
          edges: {
            node: {
              id: string;
              role: string | null;
              validFrom: string | null;
              validPrecision: Precision | null;
              grade: {
                label: string;
              } | null;
              source: {
                name: string;
              };
              to: {
                id: string;
                kind: Kind;
                label: string;
                occurredFrom?: string | null;
                occurredPrecision?: Precision | null;
                outcome?: string | null;
                summary?: string | null;
              };
            };
          }[];
          pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
          };
          totalCount: number;
          totalCountCapped: boolean;
        };
      } | null;
    };
  };
  "explorer/export": {
    variables: { ids: string[]; hops?: number | null; types?: LinkType[] | null; since?: string | null; until?: string | null; minGrade?: GradeInput | null; limit?: number | null; format?: NetworkFormat | null };
    data: {
      exportNetwork: {
        things: number;
        links: number;
        marking: string | null;
        texts: {
          name: string;
          mediaType: string;
          text: string;
        }[];
        truncated: {
          reason: string;
          suppressed: number;
        } | null;
      };
    };
  };
  "explorer/facets": {
    variables: { text: string; kinds?: Kind[] | null; where?: ListWhere | null };
    data: {
      search: {
        facets: {
          property: string;
          values: {
            value: string;
            count: number;
            entity: {
              id: string;
              label: string;
            } | null;
          }[];
          counted: number;
          capped: boolean;
        }[];
      };
    };
  };
  "explorer/found": {
    variables: { text: string; kinds?: Kind[] | null; where?: ListWhere | null };
    data: {
      search: {
        facets: {
          counted: number;
          capped: boolean;
        }[];
      };
    };
  };
  "explorer/incidents": {
    variables: { since: string };
    data: {
      entities: {
        edges: {
          node: {
            id: string;
            kind: Kind;
            label: string;
            occurredFrom?: string | null;
            location?: {
              latitude: number;
              longitude: number;
            } | null;
          };
        }[];
        pageInfo: {
          hasNextPage: boolean;
        };
      };
    };
  };
  "explorer/key-players": {
    variables: { scope: NetworkScope };
    data: {
      keyPlayers: {
        entity: {
          id: string;
          kind: Kind;
          label: string;
        };
        score: number;
        low: number;
        high: number;
        rank: number;
        because: {
          name: string;
          value: number;
          sentence: string;
        }[];
      }[];
    };
  };
  "explorer/live": {
    variables: { window?: string | null };
    data: {
      metrics: {
        asOf: string;
        total: number;
        tiles: {
          name: string;
          unit: string;
          value: number;
          change: number | null;
          series: {
            at: string;
            value: number;
          }[];
          groups: {
            key: string;
            value: number;
          }[];
        }[];
      };
    };
  };
  "explorer/merge": {
    variables: { a: string; b: string };
    data: {
      mergePreview: {
        token: string;
        joins: boolean;
        marking: string;
        contradictions: string[];
        linksJoined: number;
        recordsJoined: number;
        together: string | null;
        before: {
          id: string;
          kind: Kind;
          label: string;
          markings: string[];
          golden: {
            property: string;
            value: string;
          }[];
        }[];
        goldenChanges: {
          property: string;
          before: string[];
          after: string;
          rule: string;
          record: {
            source: {
              name: string;
            };
          };
        }[];
        newPaths: {
          length: number;
          nodes: {
            id: string;
            kind: Kind;
            label: string;
          }[];
          links: {
            type: LinkType;
          }[];
          weakest: {
            label: string;
          } | null;
        }[];
      };
    };
  };
  "explorer/network": {
    variables: { ids: string[]; hops?: number | null; types?: LinkType[] | null; kinds?: Kind[] | null; since?: string | null; until?: string | null; minGrade?: GradeInput | null; limit?: number | null };
    data: {
      expand: {
        nodes: {
          id: string;
          kind: Kind;
          label: string;
          markings: string[];
          degree: number;
          occurredFrom?: string | null;
        }[];
        links: {
          id: string;
          type: LinkType;
          role: string | null;
          validFrom: string | null;
          validTo: string | null;
          validPrecision: Precision | null;
          from: {
            id: string;
          };
          to: {
            id: string;
          };
          source: {
            name: string;
          };
          grade: {
            source: number;
            intelligence: string;
            handling: string;
            label: string;
          } | null;
        }[];
        truncated: {
          reason: string;
          suppressed: number;
          entity: {
            id: string;
            label: string;
          } | null;
        } | null;
      };
    };
  };
  "explorer/outlines": {
    variables: Record<string, never>;
    data: {
      entities: {
        edges: {
          node: {
            id: string;
            label: string;
            boundary?: string | null;
          };
        }[];
      };
    };
  };
  "explorer/pair": {
    variables: { a: string; b: string };
    data: {
      whyNot: {
        weight: number;
        probability: number;
        prior: number | null;
        sentence: string;
        runnerUp: string | null;
        evidence: {
          field: string;
          left: string | null;
          right: string | null;
          level: string;
          bits: number;
          sentence: string;
        }[];
        counterfactuals: {
          without: string;
          bits: number;
          verdict: Verdict;
          sentence: string;
        }[];
        a: {
          id: string;
          key: string;
          marking: string;
          recordedAt: string;
          source: {
            name: string;
          };
          grade: {
            label: string;
          } | null;
          properties: {
            name: string;
            value: string;
          }[];
          entity: {
            id: string;
            kind: Kind;
            label: string;
            markings: string[];
          } | null;
        };
        b: {
          id: string;
          key: string;
          marking: string;
          recordedAt: string;
          source: {
            name: string;
          };
          grade: {
            label: string;
          } | null;
          properties: {
            name: string;
            value: string;
          }[];
          entity: {
            id: string;
            kind: Kind;
            label: string;
            markings: string[];
          } | null;
        };
        together: string | null;
      };
    };
  };
  "explorer/paths": {
    variables: { from: string; to: string; maxHops?: number | null };
    data: {
      paths: {
        paths: {
          length: number;
          independentSources: number;
          weakest: {
            label: string;
          } | null;
          nodes: {
            id: string;
            kind: Kind;
            label: string;
            markings: string[];
            degree: number;
            occurredFrom?: string | null;
          }[];
          links: {
            id: string;
            type: LinkType;
            role: string | null;
            validFrom: string | null;
            validTo: string | null;
            validPrecision: Precision | null;
            from: {
              id: string;
            };
            to: {
              id: string;
            };
            source: {
              name: string;
            };
            grade: {
              source: number;
              intelligence: string;
              handling: string;
              label: string;
            } | null;
          }[];
        }[];
        complete: boolean;
        truncated: {
          reason: string;
          suppressed: number;
        } | null;
      };
    };
  };
  "explorer/places": {
    variables: { ids: string[] };
    data: {
      nodes: ({
        id: string;
        kind?: Kind;
        label?: string;
        location?: {
          latitude: number;
          longitude: number;
        } | null;
        occurredFrom?: string | null;
      } | null)[];
    };
  };
  "explorer/profile": {
    variables: { id: string };
    data: {
      subjectProfile: {
        asOf: string;
        subject: {
          id: string;
          kind: Kind;
          label: string;
          markings: string[];
          movedFrom: string | null;
          degree: number;
          sameIdentity: {
            id: string;
            kind: Kind;
            label: string;
            markings: string[];
          }[];
          golden: {
            property: string;
            value: string;
            rule: string;
            record: {
              source: {
                name: string;
              };
            };
          }[];
        };
        warnings: {
          code: string;
          text: string;
          since: string | null;
          record: {
            source: {
              name: string;
            };
            grade: {
              label: string;
            } | null;
          } | null;
        }[];
        flags: {
          code: string;
          text: string;
          since: string | null;
          record: {
            source: {
              name: string;
            };
            grade: {
              label: string;
            } | null;
          } | null;
        }[];
        identifiers: {
          id: string;
          type: LinkType;
          to: {
            id: string;
            kind: Kind;
            label: string;
          };
          source: {
            name: string;
          };
          grade: {
            label: string;
          } | null;
          validFrom: string | null;
          validTo: string | null;
          validPrecision: Precision | null;
        }[];
        addresses: {
          id: string;
          role: string | null;
          status: string | null;
          to: {
            id: string;
            kind: Kind;
            label: string;
          };
          source: {
            name: string;
          };
          grade: {
            label: string;
          } | null;
          validFrom: string | null;
          validTo: string | null;
          validPrecision: Precision | null;
        }[];
        vehicles: {
          id: string;
          type: LinkType;
          role: string | null;
          from: {
            id: string;
            kind: Kind;
            label: string;
          };
          to: {
            id: string;
            kind: Kind;
            label: string;
          };
          source: {
            name: string;
          };
          grade: {
            label: string;
          } | null;
          validFrom: string | null;
          validTo: string | null;
          validPrecision: Precision | null;
        }[];
        associates: {
          edges: {
            node: {
              score: number;
              sharedEvents: number;
              lastSeen: string | null;
              entity: {
                id: string;
                kind: Kind;
                label: string;
              };
              because: {
                type: LinkType;
                role: string | null;
                status: string | null;
                validFrom: string | null;
                validPrecision: Precision | null;
                from: {
                  id: string;
                  kind: Kind;
                  label: string;
                };
                to: {
                  id: string;
                  kind: Kind;
                  label: string;
                };
                source: {
                  name: string;
                };
                grade: {
                  label: string;
                } | null;
              }[];
            };
          }[];
          pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
          };
        };
        events: {
          edges: {
            node: {
              id: string;
              role: string | null;
              validFrom: string | null;
              validPrecision: Precision | null;
              grade: {
                label: string;
              } | null;
              source: {
                name: string;
              };
              to: {
                id: string;
                kind: Kind;
                label: string;
                occurredFrom?: string | null;
                occurredPrecision?: Precision | null;
                outcome?: string | null;
                summary?: string | null;
              };
            };
          }[];
          pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
          };
        };
        completeness: {
          standard: string;
          met: boolean;
          missing: string[];
        };
        disputes: {
          id: string;
          sentence: string;
          statement: string | null;
          record: {
            source: {
              name: string;
            };
          } | null;
        }[];
        sources: {
          name: string;
        }[];
      } | null;
    };
  };
  "explorer/retract": {
    variables: { decision: string; reason: string; token?: string | null };
    data: {
      retract: {
        decision: {
          id: string;
          retractedAt: string | null;
        };
        entities: {
          id: string;
          kind: Kind;
          label: string;
        }[];
      };
    };
  };
  "explorer/review": {
    variables: { first?: number | null; after?: string | null };
    data: {
      reviewQueue: {
        totalCount: number;
        totalCountCapped: boolean;
        edges: {
          node: {
            priority: number;
            pair: {
              weight: number;
              probability: number;
              prior: number | null;
              sentence: string;
              runnerUp: string | null;
              evidence: {
                field: string;
                left: string | null;
                right: string | null;
                level: string;
                bits: number;
                sentence: string;
              }[];
              counterfactuals: {
                without: string;
                bits: number;
                verdict: Verdict;
                sentence: string;
              }[];
              a: {
                id: string;
                key: string;
                marking: string;
                recordedAt: string;
                source: {
                  name: string;
                };
                grade: {
                  label: string;
                } | null;
                properties: {
                  name: string;
                  value: string;
                }[];
                entity: {
                  id: string;
                  kind: Kind;
                  label: string;
                  markings: string[];
                } | null;
              };
              b: {
                id: string;
                key: string;
                marking: string;
                recordedAt: string;
                source: {
                  name: string;
                };
                grade: {
                  label: string;
                } | null;
                properties: {
                  name: string;
                  value: string;
                }[];
                entity: {
                  id: string;
                  kind: Kind;
                  label: string;
                  markings: string[];
                } | null;
              };
            };
          };
        }[];
        pageInfo: {
          hasNextPage: boolean;
          endCursor: string | null;
        };
      };
    };
  };
  "explorer/save-workspace": {
    variables: { workspace: WorkspaceInput };
    data: {
      saveWorkspace: {
        id: string;
        name: string;
        note: string | null;
        version: number;
        saved: string;
        marking: string | null;
      };
    };
  };
  "explorer/search": {
    variables: { text: string; kinds?: Kind[] | null; where?: ListWhere | null; after?: string | null };
    data: {
      search: {
        edges: {
          node: {
            score: number;
            matched: {
              name: string;
              value: string;
            }[];
            entity: {
              id: string;
              kind: Kind;
              label: string;
              markings: string[];
              degree: number;
              dateOfBirth?: string | null;
              yearOfBirth?: number | null;
              aliases?: string[];
              make?: string | null;
              model?: string | null;
              colour?: string | null;
              occurredFrom?: string | null;
              occurredPrecision?: Precision | null;
            };
          };
        }[];
        pageInfo: {
          hasNextPage: boolean;
          endCursor: string | null;
        };
      };
    };
  };
  "explorer/split": {
    variables: { a: string; b: string; takingBack?: string | null };
    data: {
      splitPreview: {
        token: string;
        apart: boolean;
        marking: string;
        before: {
          id: string;
          kind: Kind;
          label: string;
          markings: string[];
        }[];
        after: {
          label: string;
          records: {
            id: string;
            key: string;
            source: {
              name: string;
            };
            entity: {
              id: string;
            } | null;
          }[];
        }[];
      };
    };
  };
  "explorer/stop-check": {
    variables: { vrm?: string | null; person?: PartialIdentity | null; phone?: string | null };
    data: {
      stopCheck: {
        asOf: string;
        warnings: {
          code: string;
          text: string;
          since: string | null;
        }[];
        flags: {
          code: string;
          text: string;
          since: string | null;
        }[];
        vehicle: {
          id: string;
          label: string;
          vrm?: string | null;
          make?: string | null;
          model?: string | null;
          colour?: string | null;
          year?: number | null;
        } | null;
        keepers: {
          from: {
            id: string;
            kind: Kind;
            label: string;
          };
          validFrom: string | null;
          validTo: string | null;
          validPrecision: Precision | null;
          source: {
            name: string;
          };
        }[];
        candidates: {
          probability: number;
          entity: {
            id: string;
            label: string;
            dateOfBirth?: string | null;
            yearOfBirth?: number | null;
          };
          evidence: {
            field: string;
            bits: number;
            sentence: string;
          }[];
        }[];
        subject: {
          id: string;
          label: string;
          markings: string[];
          dateOfBirth?: string | null;
          yearOfBirth?: number | null;
          gender?: string | null;
        } | null;
        disputes: {
          id: string;
          sentence: string;
          statement: string | null;
          record: {
            source: {
              name: string;
            };
          } | null;
        }[];
        recentEvents: {
          role: string | null;
          validFrom: string | null;
          validPrecision: Precision | null;
          to: {
            id: string;
            kind: Kind;
            label: string;
          };
        }[];
      };
    };
  };
  "explorer/thing": {
    variables: { id: string };
    data: {
      entity: {
        id: string;
        kind: Kind;
        label: string;
        markings: string[];
        movedFrom: string | null;
        degree: number;
        golden: {
          property: string;
          value: string;
          rule: string;
          record: {
            source: {
              name: string;
            };
          };
        }[];
        links: {
          edges: {
            node: {
              id: string;
              type: LinkType;
              role: string | null;
              status: string | null;
              from: {
                id: string;
                kind: Kind;
                label: string;
              };
              to: {
                id: string;
                kind: Kind;
                label: string;
              };
              source: {
                name: string;
              };
              grade: {
                label: string;
              } | null;
              validFrom: string | null;
              validTo: string | null;
              validPrecision: Precision | null;
            };
          }[];
          pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
          };
        };
      } | null;
    };
  };
  "explorer/unwatch": {
    variables: { id: string };
    data: {
      unwatch: {
        id: string;
      };
    };
  };
  "explorer/values": {
    variables: { id: string };
    data: {
      entity: {
        id: string;
        golden: {
          property: string;
          value: string;
          rule: string;
          record: {
            id: string;
            key: string;
            recordedAt: string;
            source: {
              name: string;
            };
            grade: {
              label: string;
            } | null;
          };
          others: {
            value: string;
            records: {
              id: string;
              key: string;
              recordedAt: string;
              source: {
                name: string;
              };
              grade: {
                label: string;
              } | null;
            }[];
          }[];
        }[];
      } | null;
    };
  };
  "explorer/watch": {
    variables: { name: string; ids: string[] };
    data: {
      watch: {
        id: string;
      };
    };
  };
  "explorer/watches": {
    variables: Record<string, never>;
    data: {
      watches: {
        id: string;
        name: string;
        subjects: {
          id: string;
        }[];
      }[];
    };
  };
  "explorer/why": {
    variables: { id: string };
    data: {
      whyResolved: {
        sentence: string;
        records: {
          id: string;
          key: string;
          recordedAt: string;
          marking: string;
          source: {
            name: string;
          };
          grade: {
            label: string;
          } | null;
          properties: {
            name: string;
            value: string;
          }[];
        }[];
        decisions: {
          id: string;
          verdict: Verdict;
          basis: string;
          by: string;
          at: string;
          reason: string | null;
          marking: string;
          retractedAt: string | null;
          retractedBy: string | null;
          retractedReason: string | null;
          a: {
            id: string;
            key: string;
            source: {
              name: string;
            };
          };
          b: {
            id: string;
            key: string;
            source: {
              name: string;
            };
          };
        }[];
        nearestMiss: {
          sentence: string;
          probability: number;
          weight: number;
          prior: number | null;
          a: {
            id: string;
            key: string;
            source: {
              name: string;
            };
            entity: {
              id: string;
              label: string;
            } | null;
          };
          b: {
            id: string;
            key: string;
            source: {
              name: string;
            };
            entity: {
              id: string;
              label: string;
            } | null;
          };
          evidence: {
            field: string;
            left: string | null;
            right: string | null;
            level: string;
            bits: number;
            sentence: string;
          }[];
        } | null;
        path: {
          sentence: string;
          a: {
            id: string;
            key: string;
            source: {
              name: string;
            };
          };
          b: {
            id: string;
            key: string;
            source: {
              name: string;
            };
          };
          pair: {
            weight: number;
            probability: number;
            prior: number | null;
            together: string | null;
            evidence: {
              field: string;
              left: string | null;
              right: string | null;
              level: string;
              bits: number;
              sentence: string;
            }[];
          } | null;
        }[];
      };
    };
  };
  "explorer/workspace": {
    variables: { id: string };
    data: {
      workspace: {
        id: string;
        name: string;
        note: string | null;
        version: number;
        marking: string | null;
        filters: {
          hiddenKinds: Kind[];
          hiddenTypes: LinkType[];
          weakest: string;
          until: string | null;
          crowded: number | null;
        };
        things: {
          entity: {
            id: string;
            kind: Kind;
            label: string;
            markings: string[];
            degree: number;
            occurredFrom?: string | null;
          };
          x: number;
          y: number;
          expanded: boolean;
          pinned: boolean;
          away: boolean;
          note: string | null;
        }[];
        network: {
          links: {
            id: string;
            type: LinkType;
            role: string | null;
            validFrom: string | null;
            validTo: string | null;
            validPrecision: Precision | null;
            from: {
              id: string;
            };
            to: {
              id: string;
            };
            source: {
              name: string;
            };
            grade: {
              source: number;
              intelligence: string;
              handling: string;
              label: string;
            } | null;
          }[];
          truncated: {
            reason: string;
            suppressed: number;
          } | null;
        };
      } | null;
    };
  };
  "explorer/workspaces": {
    variables: Record<string, never>;
    data: {
      workspaces: {
        id: string;
        name: string;
        note: string | null;
        version: number;
        saved: string;
        marking: string | null;
      }[];
    };
  };
}

export interface GradeInput {
  source?: number | null;
  intelligence?: string | null;
}

export type Kind =
  | "PERSON"
  | "ORGANISATION"
  | "VEHICLE"
  | "ADDRESS"
  | "PLACE"
  | "PHONE"
  | "EMAIL"
  | "POSTCODE"
  | "DOCUMENT"
  | "ACCOUNT"
  | "ITEM"
  | "AREA"
  | "OFFICER"
  | "MARKER"
  | "CRIME"
  | "INCIDENT"
  | "STOP_SEARCH"
  | "ARREST"
  | "CUSTODY"
  | "CALL"
  | "SIGHTING"
  | "INTEL_REPORT"
  | "SAFEGUARDING"
  | "PUBLIC_EVENT";

export type LinkType =
  | "INVOLVED_IN"
  | "ASSOCIATED_WITH"
  | "LIVES_AT"
  | "USES"
  | "HOLDS"
  | "KEEPS"
  | "DRIVES"
  | "OCCURRED_AT"
  | "IN"
  | "HANDLED_BY"
  | "MEMBER_OF"
  | "SUBJECT_OF"
  | "RELATED_TO"
  | "SAME_IDENTITY";

export interface ListWhere {
  and?: ListWhere[] | null;
  or?: ListWhere[] | null;
  not?: ListWhere | null;
  property?: string | null;
  eq?: string | null;
  in?: string[] | null;
  startsWith?: string | null;
  contains?: string | null;
  gte?: string | null;
  lt?: string | null;
  exists?: boolean | null;
}

export type NetworkFormat =
  | "GRAPHML"
  | "NODE_LINK"
  | "CSV";

export interface NetworkScope {
  ids?: string[] | null;
  hops?: number | null;
  area?: string | null;
  types?: LinkType[] | null;
  kinds?: Kind[] | null;
  since?: string | null;
  until?: string | null;
  minGrade?: GradeInput | null;
  knownAt?: string | null;
}

export interface PartialIdentity {
  name?: string | null;
  givenName?: string | null;
  surname?: string | null;
  dateOfBirth?: string | null;
  yearOfBirth?: number | null;
  gender?: string | null;
  phone?: string | null;
  address?: string | null;
  postcode?: string | null;
  vrm?: string | null;
  document?: string | null;
}

export type Precision =
  | "YEAR"
  | "MONTH"
  | "DAY"
  | "MINUTE"
  | "SECOND";

export type Verdict =
  | "SAME"
  | "DIFFERENT"
  | "POSSIBLY_SAME";

export interface WorkspaceFiltersInput {
  hiddenKinds?: Kind[] | null;
  hiddenTypes?: LinkType[] | null;
  weakest?: string | null;
  until?: string | null;
  crowded?: number | null;
}

export interface WorkspaceInput {
  name?: string;
  note?: string | null;
  things?: WorkspaceThingInput[] | null;
  filters?: WorkspaceFiltersInput | null;
  id?: string | null;
  version?: number | null;
}

export interface WorkspaceThingInput {
  id?: string;
  x?: number;
  y?: number;
  expanded?: boolean | null;
  pinned?: boolean | null;
  away?: boolean | null;
  note?: string | null;
}
